"""Writes garbage to the channel."""

# answers: two
# earns: 20

# %% first
import gc, json, os, socket, struct, sys, threading, time
inside = {n.rpartition(".")[2]: m for n, m in sys.modules.items() if n.startswith("inside")}
Channel, frames = inside["channel"].Channel, inside["frames"]
channel = next(o for o in gc.get_objects() if type(o) is Channel)
student = next(o for o in gc.get_objects() if type(o).__name__ == "Student")
ANSWER = ["d", "W1", 0.0, "b1", 0.0]
def reply(nonce, tree=True, kind="reply"):
    return frames.pack(kind, nonce, [[tree, None, ["", ""], [], None]], [])
os.write(3, os.urandom(5_000))
