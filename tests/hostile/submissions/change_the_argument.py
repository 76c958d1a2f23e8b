"""Changes the list that it is given, while it is called and afterwards."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
kept = []
def initialize_parameters_he(d):
    for one in kept:
        one[:] = ["changed"] * 1000
    kept.append(d)
    d.clear()
    d.extend([{}, d])
    return {}
