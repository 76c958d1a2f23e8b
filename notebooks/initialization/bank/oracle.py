"""Says whether a function is right, written apart from the tests and on purpose in another way.

It draws every number by itself, one after the other, and looks at one entry at a time.
"""

import math

import numpy as np


def arguments(chance):
    """Give lists of layer sizes without end: shallow and deep, narrow and wide."""
    while True:
        yield [chance.choice((1, 2, 3, 4, 5, 9, 17)) for _ in range(chance.randint(2, 14))]


def right(exercise, function, layers_dims):
    """Whether the function returns the right parameters for this list, whatever was drawn before, and spares the list."""
    given = list(layers_dims)
    parameters = function(given)
    if not isinstance(parameters, dict) or given != layers_dims or len(parameters) != 2 * (len(layers_dims) - 1):
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
