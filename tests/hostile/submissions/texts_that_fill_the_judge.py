"""Returns lists in which one text is long, so that an array of them takes gigabytes."""

# %% initialize_parameters_he
def initialize_parameters_he(d):
    return {f"{k}{l}": ["a" * 100_000, *"b" * 15_000] for l in range(1, 2) for k in "Wb"}
