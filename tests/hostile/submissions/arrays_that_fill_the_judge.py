"""Returns arrays just under the limit of a message, one for every call."""

# levels: A  # what it costs is the same at B

# %% initialize_parameters_he
def initialize_parameters_he(d):
    return {"W1": np.zeros((8, 950_000)), **{f"b{l}": 0 for l in range(1, len(d))}}
