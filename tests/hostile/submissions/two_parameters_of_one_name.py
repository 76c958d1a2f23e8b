"""Holds code that can be parsed but not analysed, so that whoever reads it may stumble."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% first
def f(a, a):
    nonlocal a
    return await a

# %% after packages
def g():
    global x
    x: int = 1
lambda: (yield)
class x: nonlocal y
