"""Returns arrays just under the limit of a message, one for every call."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
def initialize_parameters_he(d):
    return {"W1": np.zeros((8, 450_000)), **{f"b{l}": 1 for l in range(1, len(d))}}
