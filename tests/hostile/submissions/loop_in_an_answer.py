"""Loops for ever in an answer, where no signal is heard."""

# answers: two
# earns: 20
# limits: tight
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
def initialize_parameters_he(d):
    n = 3 ** (3 ** 19)
    while True:
        n * n * n
