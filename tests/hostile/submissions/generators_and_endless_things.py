"""Returns generators, endless iterators and lazy things in the place of data."""

# levels: A  # the level makes no difference to it

# %% initialize_parameters_zeros
import itertools
def initialize_parameters_zeros(d):
    return ((f"W{l}", 0) for l in itertools.count())

# %% initialize_parameters_random
def initialize_parameters_random(d):
    return {f"{k}{l}": itertools.repeat(0.0) for l in range(1, len(d)) for k in "Wb"}

# %% initialize_parameters_he
def initialize_parameters_he(d):
    yield {}
