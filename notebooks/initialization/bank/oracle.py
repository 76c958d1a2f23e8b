"""Says whether a function is right, written apart from the tests and on purpose in another way.

It draws every number by itself, one after the other, and looks at one entry at a time.
"""

import math

import numpy as np

SIZES = (1, 2, 3, 4, 5, 9, 17)
TELLING = ([5, 3], [6, 5, 4, 3], [1, 150, 2], [2, 1, 3, 1, 2, 1, 2, 1, 2, 3, 2, 1])  # asked each time


def right(exercise, function, chance, times):
    """Whether a function is right for the telling lists and so many others, each twice, whatever was drawn before."""
    kept = []
    for layers_dims in [*TELLING, *(some_list(chance) for _ in range(times))]:
        for _ in range(2):
            np.random.seed(chance.randrange(2**32))
            given = list(layers_dims)
            parameters = function(given)
            if given != layers_dims or not is_right(exercise, parameters, layers_dims):
                return False
            if any(parameters is other for _, other in kept):
                return False
            kept.append((layers_dims, parameters))
    return all(is_right(exercise, parameters, layers_dims) for layers_dims, parameters in kept[-20:])


def some_list(chance):
    """A list of layer sizes, shallow or deep."""
    return [chance.choice(SIZES) for _ in range(chance.randint(2, 14))]


def is_right(exercise, parameters, layers_dims):
    """Whether these are the right parameters for a list."""
    if not isinstance(parameters, dict) or len(parameters) != 2 * (len(layers_dims) - 1):
        return False
    normal = np.random.RandomState(3)
    return all(layer_is_right(exercise, parameters, layer, layers_dims, normal) for layer in range(1, len(layers_dims)))


def layer_is_right(exercise, parameters, layer, layers_dims, normal):
    """Whether W and b of one layer are plain arrays of float64 with the right numbers, in the right places."""
    rows, columns = layers_dims[layer], layers_dims[layer - 1]
    W, b = parameters.get(f"W{layer}"), parameters.get(f"b{layer}")
    for array, shape in ((W, (rows, columns)), (b, (rows, 1))):
        if type(array) is not np.ndarray or array.dtype.name != "float64" or array.shape != shape:
            return False
    return all(b[i, 0] == 0 for i in range(rows)) and all(
        close(W[i, j], wanted(exercise, columns, normal)) for i in range(rows) for j in range(columns)
    )


def wanted(exercise, fan_in, normal):
    """The next weight."""
    if exercise.endswith("zeros"):
        return 0.0
    factor = 10.0 if exercise.endswith("random") else math.sqrt(2.0) / math.sqrt(fan_in)
    return normal.normal() * factor


def close(got, want):
    """Whether a weight is the wanted one, up to what is lost when numpy prints it."""
    return got == want if want == 0 else abs(got - want) <= 1e-8 + 1e-6 * abs(want)


# Why a mutant of the answer key can do the same as the key: (part of its name, reason).
REASONS = ()
