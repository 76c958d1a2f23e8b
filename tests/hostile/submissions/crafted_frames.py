"""Sends frames whose parts do not fit together."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% first
import gc, json, os, socket, struct, sys, threading, time
inside = {n.rpartition(".")[2]: m for n, m in sys.modules.items() if n.startswith("inside")}
Channel, frames = inside["channel"].Channel, inside["frames"]
channel = next(o for o in gc.get_objects() if type(o) is Channel)
student = next(o for o in gc.get_objects() if type(o).__name__ == "Student")
ANSWER = ["d", "W1", 0.0, "b1", 0.0]
def reply(nonce, tree=True, kind="reply"):
    return frames.pack(kind, nonce, [[tree, None, ["", ""], [], None]], [])
frame = lambda header, body=b"": b"SBX1" + struct.pack("!II", len(header), len(body)) + header + body
n = student._nonces[-1]
real, odd = Channel.send, [f'["reply","{n}",[-1,1],[1]]', f'["reply","{n}",[],' + "[" * 90_000 + "]" * 90_000 + "]", '{"kind":"reply"}', f'["reply","{n}",[1e999],[NaN]]', "[" + "9" * 5_000 + "]", chr(0xfffe) * 9, f'["reply","{n}",[8],[[["a","float64",[-1],"C",0],null,["",""],[],null]]]']
def send(self, kind, nonce, payload, buffers):
    odd.append(odd.pop(0))
    os.write(3, frame(odd[0].replace(n, nonce).encode(), b"12345678" if "[8]" in odd[0] else b""))
Channel.send = send
