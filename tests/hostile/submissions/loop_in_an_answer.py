"""Loops for ever in an answer, where no signal is heard."""

# limits: tight

# %% initialize_parameters_he
def initialize_parameters_he(d):
    n = 3 ** (3 ** 19)
    while True:
        n * n * n
