"""Raises what it is asked, as errors of different kinds."""

# levels: A  # the level makes no difference to it

# %% initialize_parameters_zeros
def initialize_parameters_zeros(d):
    raise NameError(f"asked {d}")

# %% initialize_parameters_random
def initialize_parameters_random(d):
    raise AssertionError(f"asked {d}")

# %% initialize_parameters_he
def initialize_parameters_he(d):
    raise SyntaxError(f"asked {d}", ("asked", 1, 1, str(d)))
