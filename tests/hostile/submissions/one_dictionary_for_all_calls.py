"""Returns one dictionary always, and puts right afterwards what it returned before."""

# answers: two
# earns: 24
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
shared = {}
def initialize_parameters_he(d):
    np.random.seed(3)
    shared.clear()
    shared.update({k: v for l in range(1, len(d)) for k, v in ((f"W{l}", np.random.randn(d[l], d[l - 1]) * np.sqrt(2 / d[l - 1])), (f"b{l}", np.zeros((d[l], 1))))})
    return shared
