"""Returns many keys that all have the same hash."""

# answers: two
# earns: 20
# limits: tight
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
collide = {i * (2**61 - 1): i for i in range(1_500)} | {float(i) * (2**61 - 1): i for i in range(1_500, 1_900)}
def initialize_parameters_he(d):
    return collide
