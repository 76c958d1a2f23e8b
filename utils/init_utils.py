"""The given half of the assignment: a small network to train, data to train it on, and two plots.

The network has three layers and tells two classes apart:

    X ──► LINEAR ─► RELU ──► LINEAR ─► RELU ──► LINEAR ─► SIGMOID ──► a3
          W1, b1             W2, b2             W3, b3

Conventions, the same in every function:

* examples are columns: `X` has shape (n_x, m), labels `Y` have shape (1, m), where m is the number of examples;
* `W_l` has shape (n_l, n_{l-1}) and `b_l` has shape (n_l, 1), where n_l is the number of units of layer l;
* everything is float64, save for the 0/1 predictions, which are integers.
"""

import matplotlib.pyplot as plt
import numpy as np
import sklearn.datasets

MARKERS = ("o", "^")  # a class can be told by its shape as well as by its colour


# --- The pieces ------------------------------------------------------------------------------------------------------


def sigmoid(x):
    """Squash any number into the interval from 0 to 1.

    σ(x) = 1 / (1 + e^(-x))

    Parameters
    ----------
    x : array_like
        Any shape.

    Returns
    -------
    numpy.ndarray or float
        σ of each element, in the shape of `x`. Far from 0 it is *saturated*: exactly 1 above about 37, exactly 0
        below about -709.
    """
    with np.errstate(over="ignore"):  # e^(-x) may become inf, and 1 / inf is the 0 we want
        return 1 / (1 + np.exp(np.negative(x)))


def relu(x):
    """Keep what is positive, replace the rest by 0.

    relu(x) = max(0, x)

    Parameters
    ----------
    x : array_like
        Any shape.

    Returns
    -------
    numpy.ndarray or float
        relu of each element, in the shape of `x`.
    """
    return np.maximum(x, 0.0)


def linear(W, a, b, layer):
    """Compute the pre-activations of one layer.

    z = W a + b

    Parameters
    ----------
    W : numpy.ndarray, shape (n_l, n_{l-1})
        The layer's weights.
    a : numpy.ndarray, shape (n_{l-1}, m)
        What comes in: the activations of the layer before.
    b : numpy.ndarray, shape (n_l, 1)
        The layer's biases. NumPy adds them to every column.
    layer : int
        The layer's number, for the error message.

    Returns
    -------
    numpy.ndarray, shape (n_l, m)

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    n_in = a.shape[0]
    if W.ndim != 2 or W.shape[1] != n_in:
        raise ValueError(f"layer {layer}: W{layer} should have shape (any, {n_in}), since {n_in} numbers come in, "
                         f"got {W.shape}")  # fmt: skip
    if b.shape != (W.shape[0], 1):
        raise ValueError(f"layer {layer}: b{layer} should have shape ({W.shape[0]}, 1), got {b.shape}")
    z = np.dot(W, a)
    z += b
    return z


# --- The four steps of training --------------------------------------------------------------------------------------


def forward_propagation(X, parameters):
    """Compute the network's output, from the inputs to the last sigmoid.

    For each layer, z_l = W_l a_{l-1} + b_l, where a_0 = X, a_1 = relu(z_1), a_2 = relu(z_2), a_3 = σ(z_3).

    Parameters
    ----------
    X : numpy.ndarray, shape (n_x, m)
        One example in each column.
    parameters : dict
        `W1, b1, W2, b2, W3, b3`.

    Returns
    -------
    a3 : numpy.ndarray, shape (1, m)
        For each example, the probability that its label is 1.
    cache : tuple
        `(z1, a1, W1, b1, z2, a2, W2, b2, z3, a3, W3, b3)`: what backward propagation will need again.

    Raises
    ------
    ValueError
        If a shape does not fit, or a parameter is missing.
    """
    X = _matrix("X", X)
    W1, b1, W2, b2, W3, b3 = _three_layers(parameters)

    z1 = linear(W1, X, b1, layer=1)
    a1 = relu(z1)
    z2 = linear(W2, a1, b2, layer=2)
    a2 = relu(z2)
    z3 = linear(W3, a2, b3, layer=3)
    a3 = sigmoid(z3)
    return a3, (z1, a1, W1, b1, z2, a2, W2, b2, z3, a3, W3, b3)


def compute_loss(a3, Y):
    """Measure how surprised the network is by the true labels: the mean binary cross-entropy.

    loss = -1/m · Σ [ y log(a) + (1 - y) log(1 - a) ]

    A label is 0 or 1, so that one of the two terms is always zero. What remains is the logarithm of the probability
    that the network gave to the *true* label: a if y is 1, and 1 - a if y is 0. In one formula, that is |1 - y - a|.

    Parameters
    ----------
    a3 : numpy.ndarray, shape (1, m)
        Predicted probabilities.
    Y : numpy.ndarray, shape (1, m)
        True labels, 0 or 1.

    Returns
    -------
    float
        The loss, in nats: 0 is perfect, ln 2 = 0.693... is a coin flip, and `inf` means that the network was
        completely sure of a wrong answer.

    Raises
    ------
    ValueError
        If the shapes do not fit, or if a label is neither 0 nor 1.
    """
    a3 = _matrix("a3", a3)
    Y = _labels(Y, a3.shape[1])
    if not (Y * Y == Y).all():  # only 0 and 1 are their own squares
        raise ValueError("Y should hold labels 0 and 1 only")
    probability_of_truth = np.abs(1 - Y - a3)
    with np.errstate(divide="ignore"):  # log(0) is -inf: the price of being sure and wrong
        return -np.log(probability_of_truth).sum() / a3.shape[1]


def backward_propagation(X, Y, cache):
    """Compute how the loss changes with every parameter, from the last layer to the first.

    dz_3 = (a_3 - Y) / m, and for each layer l from 3 down to 1:

    dW_l = dz_l a_{l-1}ᵀ,            db_l = Σ dz_l over the examples,

    da_{l-1} = W_lᵀ dz_l,            dz_{l-1} = da_{l-1} · relu'(z_{l-1}),

    where relu'(z) is 1 if z > 0 and 0 otherwise, which is the sign of a = relu(z).

    Parameters
    ----------
    X : numpy.ndarray, shape (n_x, m)
        The inputs that the cache was computed from.
    Y : numpy.ndarray, shape (1, m)
        True labels, 0 or 1.
    cache : tuple
        Second result of `forward_propagation`.

    Returns
    -------
    dict
        `dW1, db1, dW2, db2, dW3, db3`, each in the shape of its parameter, and on the way to them
        `dz1, da1, dz2, da2, dz3`.

    Raises
    ------
    ValueError
        If `X` or `Y` has not the shape that the cache was made with.
    """
    _, a1, W1, _, _, a2, W2, _, _, a3, W3, _ = cache
    m = a3.shape[1]
    if X.shape != (W1.shape[1], m):
        raise ValueError(f"X should have shape {(W1.shape[1], m)}, as in the forward pass, got {X.shape}")
    Y = _labels(Y, m)

    ones = np.ones((m, 1))  # a product with it is a sum over the examples

    dz3 = (a3 - Y) / m
    dW3 = np.dot(dz3, a2.T)
    db3 = np.dot(dz3, ones)

    da2 = np.dot(W3.T, dz3)
    dz2 = np.sign(a2)  # relu'(z2)
    dz2 *= da2
    dW2 = np.dot(dz2, a1.T)
    db2 = np.dot(dz2, ones)

    da1 = np.dot(W2.T, dz2)
    dz1 = np.sign(a1)  # relu'(z1)
    dz1 *= da1
    dW1 = np.dot(dz1, X.T)
    db1 = np.dot(dz1, ones)

    return {
        "dz3": dz3, "dW3": dW3, "db3": db3,
        "da2": da2, "dz2": dz2, "dW2": dW2, "db2": db2,
        "da1": da1, "dz1": dz1, "dW1": dW1, "db1": db1,
    }  # fmt: skip


def update_parameters(parameters, grads, learning_rate):
    """Take one step of gradient descent: each parameter moves a little against its gradient.

    W_l ← W_l - α dW_l,   b_l ← b_l - α db_l

    Parameters
    ----------
    parameters : dict
        `W1, b1, ... WL, bL`, for any number of layers L. Left as it is.
    grads : dict
        `dW1, db1, ... dWL, dbL`, each in the shape of its parameter. Further entries do not matter.
    learning_rate : float
        The step size α.

    Returns
    -------
    dict
        The new parameters.

    Raises
    ------
    ValueError
        If a gradient is missing or has not the shape of its parameter.
    """
    updated = {}
    for name, value in parameters.items():
        if "d" + name not in grads:
            raise ValueError(f"there is no gradient d{name} for the parameter {name}")
        gradient = grads["d" + name]
        if gradient.shape != value.shape:
            raise ValueError(f"d{name} should have the shape of {name}, {value.shape}, got {gradient.shape}")
        updated[name] = value - learning_rate * gradient
    return updated


# --- Using the trained network ---------------------------------------------------------------------------------------


def predict_dec(parameters, X):
    """Decide for 1 where the network gives it a probability above 0.5, and for 0 elsewhere.

    Parameters
    ----------
    parameters : dict
        `W1, b1, W2, b2, W3, b3`.
    X : numpy.ndarray, shape (n_x, m)

    Returns
    -------
    numpy.ndarray of int, shape (1, m)

    Raises
    ------
    ValueError
        If a shape does not fit, or a parameter is missing.
    """
    a3, _ = forward_propagation(X, parameters)
    return (a3 > 0.5).astype(int)


def predict(X, y, parameters):
    """Predict labels, and print which share of them is right.

    Parameters
    ----------
    X : numpy.ndarray, shape (n_x, m)
    y : numpy.ndarray, shape (1, m)
        True labels, 0 or 1.
    parameters : dict
        `W1, b1, W2, b2, W3, b3`.

    Returns
    -------
    numpy.ndarray of int, shape (1, m)
        The predictions, 0 or 1.

    Raises
    ------
    ValueError
        If a shape does not fit, or a parameter is missing.
    """
    predictions = predict_dec(parameters, X)
    y = _labels(y, predictions.shape[1])
    print(f"Accuracy: {np.mean(predictions == y)}")
    return predictions


# --- Data and plots --------------------------------------------------------------------------------------------------


def load_dataset():
    """Draw two noisy circles, one inside the other, and show the training points.

    Returns
    -------
    train_X : numpy.ndarray, shape (2, 300)
        Coordinates x1 and x2 of the training points.
    train_Y : numpy.ndarray, shape (1, 300)
        Their classes: 0 on the outer circle (red), 1 on the inner one (blue).
    test_X : numpy.ndarray, shape (2, 100)
    test_Y : numpy.ndarray, shape (1, 100)
        The same, drawn anew.
    """
    train_X, train_Y = _circles(300, seed=1)
    test_X, test_Y = _circles(100, seed=2)
    _scatter_classes(plt.gca(), train_X, train_Y)
    return train_X, train_Y, test_X, test_Y


def plot_decision_boundary(model, X, y):
    """Colour the plane by what a model decides for each point of it, and draw the data on top.

    Draws into the current axes. A title and limits set before or after are kept.

    Parameters
    ----------
    model : callable
        Takes points of shape (k, 2), one in each *row*, and returns k decisions, each 0 or 1: for instance
        `lambda x: predict_dec(parameters, x.T)`.
    X : numpy.ndarray, shape (2, m)
        Coordinates of the data.
    y : numpy.ndarray, shape (1, m)
        Its classes, 0 or 1.

    Raises
    ------
    ValueError
        If a shape does not fit, or if the model does not return one decision for each point.
    """
    X = _matrix("X", X)
    if X.shape[0] != 2:
        raise ValueError(f"X should have 2 rows, x1 and x2, got {X.shape[0]}")
    y = _labels(y, X.shape[1])
    step, margin = 0.01, 1
    (x1_min, x2_min), (x1_max, x2_max) = X.min(axis=1) - margin, X.max(axis=1) + margin
    x1, x2 = np.meshgrid(np.arange(x1_min, x1_max, step), np.arange(x2_min, x2_max, step))
    decisions = np.asarray(model(np.column_stack([x1.ravel(), x2.ravel()])))
    if decisions.size != x1.size:
        raise ValueError(f"the model should return {x1.size} decisions, one for each point, got {decisions.shape}")
    axes = plt.gca()
    decisions = decisions.reshape(x1.shape)
    axes.contourf(x1, x2, decisions, levels=[-0.5, 0.5, 1.5], cmap="Spectral", vmin=0, vmax=1, alpha=0.3)
    _scatter_classes(axes, X, y)


def _circles(count, seed):
    """Draw `count` points as columns, and their classes as a row; a given seed always draws the same ones."""
    points, classes = sklearn.datasets.make_circles(n_samples=count, noise=0.05, random_state=seed)
    return np.ascontiguousarray(points.T), classes.reshape(1, count).astype(float)


def _scatter_classes(axes, X, y):
    """Draw the points of each class in its own colour and shape."""
    for label, marker in enumerate(MARKERS):
        x1, x2 = X[:, y[0] == label]
        colour = np.full(x1.shape, label)
        style = {"s": 40, "cmap": "Spectral", "vmin": 0, "vmax": 1, "edgecolors": "white", "linewidths": 0.6}
        axes.scatter(x1, x2, c=colour, marker=marker, label=f"class {label}", **style)
    axes.set(xlabel="x1", ylabel="x2", aspect="equal")
    axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


# --- Checks of shapes ------------------------------------------------------------------------------------------------


def _three_layers(parameters):
    """Take the six parameters out of the dictionary; raise ValueError if one is missing."""
    try:
        return [parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3")]
    except KeyError as missing:
        raise ValueError(f"the parameters have no {missing}; they have {', '.join(parameters)}") from None


def _matrix(name, array):
    """Return `array` as float64; raise ValueError unless it has two dimensions."""
    array = np.asarray(array, dtype=float)
    if array.ndim != 2:
        raise ValueError(f"{name} should have shape (n_x, m), one example in each column, got {array.shape}")
    return array


def _labels(Y, m):
    """Return `Y` as float64; raise ValueError unless it is one row with a label for each of m examples."""
    Y = np.asarray(Y, dtype=float)
    if Y.shape != (1, m):
        raise ValueError(f"Y should have shape (1, {m}), one label for each example, got {Y.shape}")
    return Y
