"""The given functions do what their docstrings say, on right and on wrong input, without a warning."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import sklearn.datasets
from init_utils import (
    backward_propagation,
    compute_loss,
    forward_propagation,
    load_dataset,
    plot_decision_boundary,
    predict,
    predict_dec,
    relu,
    sigmoid,
    update_parameters,
)

PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


@pytest.fixture(autouse=True)
def _fresh_figures():
    """Draw into memory, and leave no figure open."""
    plt.switch_backend("agg")
    yield
    plt.close("all")


@pytest.fixture
def parameters():
    """A small network with two inputs, and biases that are not zero."""
    random = np.random.RandomState(0)
    sizes = {"W1": (4, 2), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    return {name: random.randn(*shape) for name, shape in sizes.items()}


@pytest.fixture
def data():
    """Seven examples as columns, with labels."""
    random = np.random.RandomState(1)
    return random.randn(2, 7), (random.rand(1, 7) > 0.5).astype(float)


def test_sigmoid_is_exact_in_the_middle_and_saturates_at_both_ends_without_a_warning():
    """Far from zero it is exactly 0 or 1, also where e^(-x) overflows."""
    np.testing.assert_array_equal(sigmoid(np.array([-1000.0, 0.0, 40.0, 1000.0])), [0, 0.5, 1, 1])
    np.testing.assert_allclose(sigmoid(np.log([[3.0], [9.0]])), [[0.75], [0.9]], rtol=1e-15)
    assert sigmoid(0) == 0.5
    assert sigmoid(-40.0) == pytest.approx(np.exp(-40.0), rel=1e-15)


def test_relu_keeps_what_is_positive():
    """Elementwise, in float64, also for integers."""
    result = relu(np.array([[-2, 0, 3]]))
    np.testing.assert_array_equal(result, [[0, 0, 3]])
    assert result.dtype == np.float64


def test_forward_propagation_follows_the_formulas_and_remembers_every_step(parameters, data):
    """The cache holds z, a, W and b of each layer, in order."""
    X, _ = data
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in PARAMETERS)
    z1 = W1 @ X + b1
    z2 = W2 @ np.where(z1 > 0, z1, 0) + b2
    z3 = W3 @ np.where(z2 > 0, z2, 0) + b3
    a3, cache = forward_propagation(X, parameters)
    expected = (z1, z1 * (z1 > 0), W1, b1, z2, z2 * (z2 > 0), W2, b2, z3, 1 / (1 + np.exp(-z3)), W3, b3)
    assert a3 is cache[9]
    for got, wanted in zip(cache, expected, strict=True):
        assert got.dtype == np.float64
        np.testing.assert_allclose(got, wanted, rtol=1e-13)


def test_forward_propagation_leaves_its_input_alone(parameters, data):
    """Neither the examples nor the parameters change, although the arithmetic works in place."""
    X, _ = data
    before = X.copy(), {name: value.copy() for name, value in parameters.items()}
    forward_propagation(X, parameters)
    np.testing.assert_array_equal(X, before[0])
    for name, value in parameters.items():
        np.testing.assert_array_equal(value, before[1][name])


def test_the_loss_is_the_mean_cross_entropy():
    """Compared with the formula written out, one logarithm for each term."""
    a3, Y = np.array([[0.2, 0.9, 0.6]]), np.array([[0, 1, 0]])
    assert compute_loss(a3, Y) == pytest.approx(-(np.log(0.8) + np.log(0.9) + np.log(0.4)) / 3, rel=1e-15)
    assert compute_loss(np.full((1, 300), 0.5), np.arange(300).reshape(1, 300) % 2) == pytest.approx(
        np.log(2), abs=1e-15
    )


@pytest.mark.parametrize(("a", "y"), [(1.0, 0), (0.0, 1)])
def test_a_saturated_wrong_prediction_costs_infinity_without_a_warning(a, y):
    """Being sure and wrong is infinitely bad, whatever the other example says."""
    assert compute_loss(np.array([[a, 0.5]]), np.array([[y, 1]])) == np.inf


def test_zero_times_infinity_counts_as_zero():
    """A saturated right prediction costs nothing, although the other logarithm is infinite."""
    assert compute_loss(np.array([[1.0, 0.0]]), np.array([[1, 0]])) == 0


def test_the_gradients_agree_with_finite_differences(parameters, data):
    """Every parameter in turn is moved a little to both sides, and the loss follows as the gradient says."""
    X, Y = data
    _, cache = forward_propagation(X, parameters)
    grads = backward_propagation(X, Y, cache)
    step = 1e-6
    for name in PARAMETERS:
        for index in np.ndindex(parameters[name].shape):
            losses = []
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in parameters.items()}
                moved[name][index] += sign * step
                losses.append(compute_loss(forward_propagation(X, moved)[0], Y))
            slope = (losses[0] - losses[1]) / (2 * step)
            assert grads["d" + name][index] == pytest.approx(slope, rel=1e-6, abs=1e-9), (name, index)


def test_backward_propagation_returns_the_intermediate_gradients_too(parameters, data):
    """dz of each layer and da of the hidden ones, each in the shape of what it belongs to."""
    X, Y = data
    a3, cache = forward_propagation(X, parameters)
    grads = backward_propagation(X, Y, cache)
    shapes = {name: value.shape for name, value in grads.items()}
    assert shapes == {
        **{"d" + name: value.shape for name, value in parameters.items()},
        "dz1": (4, 7), "da1": (4, 7), "dz2": (3, 7), "da2": (3, 7), "dz3": (1, 7),
    }  # fmt: skip
    np.testing.assert_allclose(grads["dz3"], (a3 - Y) / 7, rtol=1e-14)
    np.testing.assert_array_equal(grads["dz1"], np.where(cache[0] > 0, grads["da1"], 0))


@pytest.mark.parametrize("layers", [1, 2, 5])
def test_update_parameters_takes_one_step_for_any_number_of_layers(layers):
    """The old parameters stay as they are; gradients of other things are passed over."""
    names = [letter + str(layer) for layer in range(1, layers + 1) for letter in "Wb"]
    parameters = {name: np.full((2, 3), 5.0) for name in names}
    grads = {"d" + name: np.full((2, 3), 2.0) for name in names} | {"dz1": np.ones((9, 9))}
    updated = update_parameters(parameters, grads, 0.1)
    assert list(updated) == names
    for name in names:
        np.testing.assert_allclose(updated[name], 4.8, rtol=1e-15)
        np.testing.assert_array_equal(parameters[name], 5.0)


def test_predict_returns_integers_and_prints_the_accuracy(parameters, data, capsys):
    """The share of right predictions is printed as NumPy gives it, and both functions decide alike."""
    X, _ = data
    a3, _ = forward_propagation(X, parameters)
    truth = (a3 > 0.5).astype(float)
    truth[0, 0] = 1 - truth[0, 0]
    predictions = predict(X, truth, parameters)
    assert capsys.readouterr().out == f"Accuracy: {6 / 7}\n"
    assert predictions.shape == (1, 7)
    assert predictions.dtype == int
    np.testing.assert_array_equal(predictions, a3 > 0.5)
    np.testing.assert_array_equal(predict_dec(parameters, X), predictions)


def test_a_probability_of_exactly_one_half_is_class_zero(data):
    """The threshold itself does not count as above it."""
    zeros = {"W1": (4, 2), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    assert predict_dec({name: np.zeros(shape) for name, shape in zeros.items()}, data[0]).sum() == 0


def test_the_dataset_is_two_circles_drawn_under_the_legacy_seeds():
    """300 points under seed 1 and 100 under seed 2; the caller's own random numbers are not disturbed."""
    np.random.seed(42)
    undisturbed = np.random.RandomState(42).rand()
    train_X, train_Y, test_X, test_Y = load_dataset()
    assert np.random.rand() == undisturbed
    for X, Y, count, seed in [(train_X, train_Y, 300, 1), (test_X, test_Y, 100, 2)]:
        np.random.seed(seed)
        points, classes = sklearn.datasets.make_circles(n_samples=count, noise=0.05)
        assert X.dtype == Y.dtype == np.float64
        np.testing.assert_array_equal(X, points.T)
        np.testing.assert_array_equal(Y, [classes])


def test_the_scatter_tells_classes_apart_by_shape_and_colour():
    """One collection a class, size 40, different markers and colours, axes and legend labelled."""
    _, train_Y, _, _ = load_dataset()
    axes = plt.gca()
    outer, inner = axes.collections
    assert [len(outer.get_offsets()), len(inner.get_offsets())] == [np.sum(train_Y == 0), np.sum(train_Y == 1)]
    assert outer.get_sizes() == inner.get_sizes() == [40]
    assert not np.array_equal(outer.get_paths()[0].vertices, inner.get_paths()[0].vertices)
    plt.gcf().canvas.draw()
    red, blue = outer.get_facecolors()[0], inner.get_facecolors()[0]
    assert red[0] > red[2]
    assert blue[2] > blue[0]
    assert outer.get_cmap().name == "Spectral"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x1", "x2")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["class 0", "class 1"]


def test_the_decision_boundary_covers_the_data_with_a_fine_grid():
    """One unit of margin, steps of 0.01; title and limits that were set before stay."""
    asked = []
    X, Y = np.array([[-1.0, 1.0], [0.0, 0.5]]), np.array([[0.0, 1.0]])
    plt.title("A title")
    plt.gca().set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5))
    plot_decision_boundary(lambda points: asked.append(points) or (points[:, 0] > 0), X, Y)
    np.testing.assert_allclose(asked[0].min(axis=0), [-2, -1])
    np.testing.assert_allclose(asked[0].max(axis=0), [2, 1.5], atol=0.011)
    np.testing.assert_allclose(np.diff(np.unique(asked[0][:, 0])), 0.01)
    axes = plt.gca()
    assert (axes.get_title(), axes.get_xlabel(), axes.get_ylabel()) == ("A title", "x1", "x2")
    assert (axes.get_xlim(), axes.get_ylim()) == ((-1.5, 1.5), (-1.5, 1.5))
    plt.gcf().canvas.draw()


def test_a_model_that_never_changes_its_mind_is_drawn_without_a_warning():
    """After a start from zeros, every point of the plane gets the same class."""
    plot_decision_boundary(lambda points: np.zeros((1, len(points))), np.eye(2), np.array([[0, 1]]))
    plt.gcf().canvas.draw()


def broken(parameters, **changes):
    """The parameters with some of them replaced, or taken away where the change is None."""
    return {name: value for name, value in {**parameters, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"W1": np.ones((2, 4))}, r"layer 1: W1 should have shape \(any, 2\), since 2 numbers come in, got \(2, 4\)"),
        ({"W2": np.ones(4)}, r"layer 2: W2 should have shape \(any, 4\), since 4 numbers come in, got \(4,\)"),
        ({"b2": np.zeros(3)}, r"layer 2: b2 should have shape \(3, 1\), got \(3,\)"),
        ({"b1": np.zeros((1, 4))}, r"layer 1: b1 should have shape \(4, 1\), got \(1, 4\)"),
        ({"W3": None}, r"the parameters have no 'W3'; they have W1, b1, W2, b2, b3"),
    ],
)
def test_wrong_parameters_are_named_with_what_was_expected_and_what_came(parameters, data, change, message):
    """Each message says which layer, which parameter, the shape it should have, and the shape it has."""
    with pytest.raises(ValueError, match=message):
        forward_propagation(data[0], broken(parameters, **change))


def test_wrong_examples_and_labels_are_refused_with_their_shapes(parameters, data):
    """Broadcasting would let most of these through in silence."""
    X, Y = data
    _, cache = forward_propagation(X, parameters)
    with pytest.raises(ValueError, match=r"X should have shape \(n_x, m\), one example in each column, got \(7,\)"):
        forward_propagation(X[0], parameters)
    with pytest.raises(ValueError, match=r"Y should have shape \(1, 7\), one label for each example, got \(7,\)"):
        compute_loss(np.full((1, 7), 0.5), Y[0])
    with pytest.raises(ValueError, match="Y should hold labels 0 and 1 only"):
        compute_loss(np.full((1, 7), 0.5), Y + 1)
    with pytest.raises(ValueError, match=r"Y should have shape \(1, 7\), .* got \(7, 1\)"):
        backward_propagation(X, Y.T, cache)
    with pytest.raises(ValueError, match=r"X should have shape \(2, 7\), as in the forward pass, got \(2, 6\)"):
        backward_propagation(X[:, :6], Y, cache)
    with pytest.raises(ValueError, match=r"Y should have shape \(1, 7\), .* got \(1, 6\)"):
        predict(X, Y[:, :6], parameters)
    with pytest.raises(ValueError, match=r"Y should have shape \(1, 7\), .* got \(7,\)"):
        plot_decision_boundary(lambda points: points[:, 0] > 0, X, Y[0])


def test_wrong_gradients_are_refused(parameters):
    """A gradient that is missing, or that NumPy would silently broadcast."""
    grads = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    with pytest.raises(ValueError, match="there is no gradient dW2 for the parameter W2"):
        update_parameters(parameters, broken(grads, dW2=None), 0.01)
    with pytest.raises(ValueError, match=r"db1 should have the shape of b1, \(4, 1\), got \(4, 4\)"):
        update_parameters(parameters, broken(grads, db1=np.zeros((4, 4))), 0.01)


def test_a_boundary_needs_one_decision_for_each_point_of_the_plane():
    """A model that was given examples as rows but expects columns returns something else."""
    with pytest.raises(ValueError, match=r"the model should return \d+ decisions, one for each point, got \(2,\)"):
        plot_decision_boundary(lambda points: points[0], np.eye(2), np.array([[0, 1]]))
    with pytest.raises(ValueError, match=r"X should have 2 rows, x1 and x2, got 3"):
        plot_decision_boundary(lambda points: points[:, 0], np.eye(3), np.array([[0, 1, 1]]))
