"""Says that a copy of the box was lost, again and again, so that tests are asked for ever."""

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
real = Channel.send
def send(self, kind, nonce, payload, buffers):
    real(self, "lost", nonce, 9, [])
Channel.send = send
