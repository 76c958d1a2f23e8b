"""Answers with printed text that is none, or longer than all that may be printed."""

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
real, texts = Channel.send, [["x" * 900_000, "y" * 100_000], [None, 5], ["\ud800", ""], [["a"], {}]]
def send(self, kind, nonce, payload, buffers):
    texts.append(texts.pop(0))
    os.write(3, frames.PREFIX.pack(frames.MAGIC, len(h := json.dumps([kind, nonce, [], [[None, None, texts[0], [], None]] * len(payload)]).encode()), 0) + h)
Channel.send = send
