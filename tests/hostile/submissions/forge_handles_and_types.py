"""Answers with handles, reduced types and callables that do not exist."""

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
real, trees = Channel.send, [["h", 2**31 - 1, "dict", True], ["x", "ndarray", ["x", "dict", ANSWER]], ["k", 1], ["g", "os", "system"], ["h", True, "x", 1], ["d", ["h", 1, "str", False], 1]]
def send(self, kind, nonce, payload, buffers):
    trees.append(trees.pop(0))
    real(self, kind, nonce, [[trees[0], None, ["", ""], [], None]] * len(payload), [])
Channel.send = send
