"""Recurses until the stack is gone, with the limit taken away."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% first
import sys
sys.setrecursionlimit(2**31 - 1)

# %% initialize_parameters_he
def initialize_parameters_he(d):
    return initialize_parameters_he(d)

# %% initialize_parameters_zeros
class Deep:
    def __repr__(self):
        return repr(self)
    __str__ = __eq__ = __repr__
def initialize_parameters_zeros(d):
    return {Deep(): repr}
