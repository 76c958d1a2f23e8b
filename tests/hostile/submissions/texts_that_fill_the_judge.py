"""Returns lists in which one text is long, so that an array of them takes more memory than there is."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
def initialize_parameters_he(d):
    return {f"{k}{l}": ["a" * 200_000, *"b" * 1_000] for l in range(1, 2) for k in "Wb"}
