# %% [markdown]
# # Initialization: where does learning start?
#
# Welcome to the first assignment of this course.
#
# You have trained networks before, and each time somebody told you which weights to begin with. From now on you
# choose them yourself. It is one of the first decisions that you take when you build a network, and it matters more
# than it looks. A good starting point
#
# * makes gradient descent converge sooner, and
# * makes it more likely to reach a low error, on the training examples and on new ones.
#
# So what is a good starting point? In this notebook you will train *the same* small network three times, on the same
# data, with the same learning rate. Only the initial weights differ. Then you will compare.
#
# ## Contents
#
# * [1 · Packages](#packages)
# * [2 · Loading the dataset](#dataset)
# * [3 · Neural network model](#model)
# * [4 · Zero initialization](#zeros)
#     * [Exercise 1 · `initialize_parameters_zeros`](#exercise-1)
# * [5 · Random initialization](#random)
#     * [Exercise 2 · `initialize_parameters_random`](#exercise-2)
# * [6 · He initialization](#he)
#     * [Exercise 3 · `initialize_parameters_he`](#exercise-3)
# * [7 · Conclusions](#conclusions)
#
# Each exercise asks for about two lines. You write them between `# YOUR CODE STARTS HERE` and
# `# YOUR CODE ENDS HERE`; everything else is given. After each exercise you will find a test that tells you whether
# you can go on, and if not, what to look at. Run the cells from top to bottom.

# %% [markdown]
# <a id="packages"></a>
# ## 1 · Packages
#
# NumPy does the arithmetic, Matplotlib the figures, and scikit-learn the data. `init_utils` holds the parts of the
# network that you know already: forward propagation, the loss, backward propagation, the update. It is short, and
# worth reading.

# %% nbgrader={"grade_id": "packages"}
import matplotlib.pyplot as plt
import numpy as np
import sklearn
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

from public_tests import *

# %matplotlib inline
plt.rcParams["figure.figsize"] = (7.0, 4.0)
plt.rcParams["image.interpolation"] = "nearest"
plt.rcParams["image.cmap"] = "gray"

# %load_ext autoreload
# %autoreload 2

# %% [markdown]
# <a id="dataset"></a>
# ## 2 · Loading the dataset

# %% tags=["demonstration"] nbgrader={"grade_id": "load_dataset"}
train_X, train_Y, test_X, test_Y = load_dataset()

# %% [markdown]
# Two noisy circles, one inside the other: red dots outside (class 0), blue triangles inside (class 1). There are 300
# points to train on, and 100 more to test with. Each point is a *column* of `train_X`, and its class stands in the
# same column of `train_Y`.
#
# **Your task:** find initial weights from which a network learns to tell red from blue. No straight line can do it.
# The network has to bend its boundary into a ring, and for that its units must learn different things.

# %% [markdown]
# <a id="model"></a>
# ## 3 · Neural network model
#
# The network has three layers, with 10, 5 and 1 units:
#
# $$X \;\to\; \text{LINEAR} \to \text{RELU} \;\to\; \text{LINEAR} \to \text{RELU}
# \;\to\; \text{LINEAR} \to \text{SIGMOID} \;\to\; a^{[3]}$$
#
# The function `model` below trains it. All of it is given; you only fill in how it starts. The flag `initialization`
# selects one of three functions, which you will write in turn:
#
# | flag | function | the weights begin as |
# | :-- | :-- | :-- |
# | `"zeros"` | `initialize_parameters_zeros` | zeros |
# | `"random"` | `initialize_parameters_random` | large random numbers |
# | `"he"` | `initialize_parameters_he` | random numbers, scaled to the width of each layer (He et al., 2015) |
#
# Read the loop before you go on. It is gradient descent as you know it: forward, loss, backward, update. Since no
# step needs the *value* of the loss, only its gradients, the loop computes it only when it is shown, every 1000
# iterations.


# %% nbgrader={"grade_id": "model"}
def model(X, Y, learning_rate=0.01, num_iterations=15000, print_cost=True, initialization="he"):
    """Train the three-layer network with gradient descent.

    Parameters
    ----------
    X : numpy.ndarray, shape (n_x, m)
        One example in each column.
    Y : numpy.ndarray, shape (1, m)
        True classes, 0 or 1.
    learning_rate : float
        The step size of gradient descent.
    num_iterations : int
        How many steps to take.
    print_cost : bool
        Whether to print the cost every 1000 iterations.
    initialization : {"zeros", "random", "he"}
        Which of your functions makes the initial parameters.

    Returns
    -------
    dict
        The learnt parameters W1, b1, W2, b2, W3, b3.
    """
    layers_dims = [X.shape[0], 10, 5, 1]
    if initialization == "zeros":
        parameters = initialize_parameters_zeros(layers_dims)
    elif initialization == "random":
        parameters = initialize_parameters_random(layers_dims)
    elif initialization == "he":
        parameters = initialize_parameters_he(layers_dims)
    else:
        raise ValueError(f'initialization should be "zeros", "random" or "he", got {initialization!r}')

    costs = []
    for i in range(num_iterations):
        a3, cache = forward_propagation(X, parameters)
        if i % 1000 == 0:
            cost = compute_loss(a3, Y)
            costs.append(cost)
            if print_cost:
                print(f"Cost after iteration {i}: {cost}")
        grads = backward_propagation(X, Y, cache)
        parameters = update_parameters(parameters, grads, learning_rate)

    plt.figure()
    plt.plot(costs, marker=".")
    plt.xlim(left=-0.5)
    plt.ylim(0, 1)  # the same scale for all three methods
    plt.xlabel("iterations (thousands)")
    plt.ylabel("cost")
    plt.title(f"Learning rate = {learning_rate}")
    plt.show()
    return parameters


# %% [markdown]
# <a id="zeros"></a>
# ## 4 · Zero initialization
#
# A network with $L$ layers has two kinds of parameters to initialize:
#
# * the weight matrices $W^{[1]}, W^{[2]}, \dots, W^{[L]}$,
# * the bias vectors $b^{[1]}, b^{[2]}, \dots, b^{[L]}$.
#
# If layer $l$ has $n^{[l]}$ units, then $W^{[l]}$ has shape $(n^{[l]}, n^{[l-1]})$: one row for each unit, one column
# for each number that comes in. And $b^{[l]}$ has shape $(n^{[l]}, 1)$.

# %% [markdown] nbgrader={"grade_id": "exercise_1"}
# <a id="exercise-1"></a>
# ### Exercise 1 · `initialize_parameters_zeros`
#
# Let us begin with the simplest idea: set everything to zero. It will not work well. Seeing *why* is the point.
#
# Fill in the loop so that the function returns a dictionary with `W1`, `b1`, …, `WL`, `bL`, all zeros, in the shapes
# above. `layers_dims` lists the sizes $[n^{[0]}, n^{[1]}, \dots, n^{[L]}]$, the input first.
# `np.zeros((rows, columns))` makes a matrix of zeros; mind the double parentheses.


# %% nbgrader={"grade_id": "initialize_parameters_zeros", "solution": true}
# GRADED FUNCTION: initialize_parameters_zeros
def initialize_parameters_zeros(layers_dims):
    """Set all weights and all biases to zero.

    Parameters
    ----------
    layers_dims : list of int
        The size of each layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), and bl of shape (n_l, 1).
    """
    parameters = {}
    L = len(layers_dims) - 1  # the number of layers, the input not counted

    for l in range(1, L + 1):
        # YOUR CODE STARTS HERE (about 2 lines)
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
        # YOUR CODE ENDS HERE

    return parameters


# %% nbgrader={"grade_id": "initialize_parameters_zeros_public", "grade": true, "points": 4}
print_parameters(initialize_parameters_zeros, [3, 2, 1])

initialize_parameters_zeros_test(initialize_parameters_zeros)

# %% nbgrader={"grade_id": "initialize_parameters_zeros_hidden", "grade": true, "points": 6}
# Hidden tests of initialize_parameters_zeros run here when your notebook is graded.
### BEGIN HIDDEN TESTS
# INCLUDE hidden_checks.py
marks("initialize_parameters_zeros_hidden", initialize_parameters_zeros)
### END HIDDEN TESTS

# %% [markdown]
# Now train for 15,000 iterations. It takes a few seconds.

# %% tags=["demonstration"] nbgrader={"grade_id": "train_zeros"}
parameters = model(train_X, train_Y, initialization="zeros")
print("On the training set:")
predictions_train = predict(train_X, train_Y, parameters)
print("On the test set:")
predictions_test = predict(test_X, test_Y, parameters)

# %% [markdown]
# Nothing happened. The cost stands still from the first iteration to the last, and an accuracy of 0.5 is what a coin
# would get. Look at what the network predicts, and at its decision boundary:

# %% tags=["demonstration"] nbgrader={"grade_id": "predictions_zeros"}
print(f"predictions_train = {predictions_train}")
print(f"predictions_test = {predictions_test}")

# %% tags=["demonstration"] nbgrader={"grade_id": "boundary_zeros"}
plt.title("Model with Zeros initialization")
axes = plt.gca()
axes.set_xlim([-1.5, 1.5])
axes.set_ylim([-1.5, 1.5])
plot_decision_boundary(lambda x: predict_dec(parameters, x.T), train_X, train_Y)

# %% [markdown]
# The network says 0 for every point of the plane. There is no boundary at all. Why?
#
# Follow one example through the network. All weights and biases are zero, and so is every pre-activation:
#
# $$z^{[1]} = W^{[1]} x + b^{[1]} = 0, \qquad a^{[1]} = \mathrm{ReLU}(0) = 0,$$
#
# and the same again in layer 2. At the end, whatever $x$ was,
#
# $$z^{[3]} = 0, \qquad a^{[3]} = \sigma(0) = \frac{1}{1 + e^{-0}} = \frac{1}{2}.$$
#
# The prediction is 1 only where $a^{[3]} > 0.5$, so it is 0 everywhere. The loss of an example with label $y$ is
#
# $$\mathcal{L}(a, y) = -y \ln a - (1 - y) \ln(1 - a) = \ln 2 \approx 0.6931 \qquad \text{at } a = \tfrac{1}{2},$$
#
# whether $y$ is 0 or 1. This explains the cost. It does not yet explain why the network never *leaves* this point.
# For that, look at the gradients:
#
# $$dW^{[3]} = dz^{[3]}\, a^{[2]T} = 0 \quad \text{since } a^{[2]} = 0,$$
#
# $$da^{[2]} = W^{[3]T} dz^{[3]} = 0 \quad \text{since } W^{[3]} = 0,$$
#
# and with $da^{[2]} = 0$ nothing at all reaches the layers below: $dW^{[2]}$, $db^{[2]}$, $dW^{[1]}$ and $db^{[1]}$
# are zero too. **Every gradient into a weight is zero, so no weight ever moves.** One gradient remains, that of the
# last bias:
#
# $$db^{[3]} = \frac{1}{m} \sum_{i=1}^{m} \left(a^{[3]\,(i)} - y^{(i)}\right) = \frac{1}{2} - \text{(share of ones)}.$$
#
# Half of our labels are ones, and so it is zero as well, up to rounding. Had the classes been unequal, $b^{[3]}$
# would have learnt how frequent each class is, and nothing more.
#
# #### What about another constant?
#
# You may have heard it told like this: "with zeros, all units of a layer learn the same thing". That picture is a
# good one, but it belongs to a constant that is *not* zero. Suppose that every weight starts at 0.5. Now signals and
# gradients do flow. But all units of a layer compute the same function of the input, receive the same gradient and
# take the same step, and so they are still the same afterwards. Ten identical units are worth one. The network's
# output depends on the input through a single sum $w_1 x_1 + w_2 x_2 + b$, and its boundary can only be a straight
# line: it is no more powerful than a linear classifier. (On our data that start ends at a training accuracy of 0.58.)
#
# Either way the units are *symmetric*, and gradient descent, which treats equals equally, cannot tell them apart.
#
# <div class="alert alert-block alert-info">
#
# **To remember**
#
# * Weights must start at random, to *break the symmetry* between the units of a layer.
# * Biases may well start at zero: once the weights differ, the symmetry is broken already.
#
# </div>

# %% [markdown] nbgrader={"grade_id": "question_zeros"}
# #### Question · Why zeros do not learn
#
# In your own words, in three to six sentences: why does the network that started from zeros not learn, however long
# you train it? Say which gradients are zero and why. Then say what would be different if all weights started at 0.5
# instead. Your instructor reads this answer (5 points).

# %% [markdown] nbgrader={"grade_id": "why_zeros_do_not_learn", "grade": true, "points": 5, "solution": true}
# ### BEGIN SOLUTION
# With all weights and biases zero, every hidden activation is ReLU(0) = 0, and the output is σ(0) = 1/2 for every
# input. The gradient of a weight is the product of what comes in from the left (an activation) and of what comes back
# from the right (a gradient that passed through the weights above). For W3 the first factor is zero, since a2 = 0.
# For W2 and W1 the second is zero, since it passes through W3 = 0. So no weight moves, and the next iteration finds
# exactly the same situation. Only b3 could move, and with as many ones as zeros its gradient is zero too.
#
# If all weights started at 0.5, gradients would not be zero and the weights would move. But all units of one layer
# would get the same gradient and stay identical, so that each layer would be worth a single unit, and the boundary
# would be a straight line.
# ### END SOLUTION

# %% [markdown]
# <a id="random"></a>
# ## 5 · Random initialization
#
# To break the symmetry, let us draw the weights at random. Each unit then starts from its own place, and can go its
# own way. In this exercise you will see what happens when they are random but very *large*.

# %% [markdown] nbgrader={"grade_id": "exercise_2"}
# <a id="exercise-2"></a>
# ### Exercise 2 · `initialize_parameters_random`
#
# Draw the weights from a standard normal distribution and multiply them by 10. Leave the biases at zero.
# `np.random.randn(rows, columns)` draws such a matrix; this time *without* double parentheses. The seed at the start
# of the function is given, so that your numbers are the ones that the test expects. Call the generator once for each
# weight matrix, from the first layer to the last, and for nothing else.


# %% nbgrader={"grade_id": "initialize_parameters_random", "solution": true}
# GRADED FUNCTION: initialize_parameters_random
def initialize_parameters_random(layers_dims):
    """Draw large random weights, and set all biases to zero.

    Parameters
    ----------
    layers_dims : list of int
        The size of each layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), and bl of shape (n_l, 1).
    """
    np.random.seed(3)  # so that your random numbers are the same as ours
    parameters = {}
    L = len(layers_dims) - 1  # the number of layers, the input not counted

    for l in range(1, L + 1):
        # YOUR CODE STARTS HERE (about 2 lines)
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
        # YOUR CODE ENDS HERE

    return parameters


# %% nbgrader={"grade_id": "initialize_parameters_random_public", "grade": true, "points": 4}
print_parameters(initialize_parameters_random, [3, 2, 1])

initialize_parameters_random_test(initialize_parameters_random)

# %% nbgrader={"grade_id": "initialize_parameters_random_hidden", "grade": true, "points": 6}
# Hidden tests of initialize_parameters_random run here when your notebook is graded.
### BEGIN HIDDEN TESTS
# INCLUDE hidden_checks.py
marks("initialize_parameters_random_hidden", initialize_parameters_random)
### END HIDDEN TESTS

# %% tags=["demonstration"] nbgrader={"grade_id": "train_random"}
parameters = model(train_X, train_Y, initialization="random")
print("On the training set:")
predictions_train = predict(train_X, train_Y, parameters)
print("On the test set:")
predictions_test = predict(test_X, test_Y, parameters)

# %% [markdown]
# The first cost is `inf`. No need to worry: the code is right, and you will see in a moment where it comes from.
# After that the symmetry is broken, and the network learns something. Its predictions are no longer all the same:

# %% tags=["demonstration"] nbgrader={"grade_id": "predictions_random"}
print(f"predictions_train = {predictions_train}")
print(f"predictions_test = {predictions_test}")

# %% tags=["demonstration"] nbgrader={"grade_id": "boundary_random"}
plt.title("Model with large random initialization")
axes = plt.gca()
axes.set_xlim([-1.5, 1.5])
axes.set_ylim([-1.5, 1.5])
plot_decision_boundary(lambda x: predict_dec(parameters, x.T), train_X, train_Y)

# %% [markdown]
# Better than a coin, but not good: the boundary is ragged, and cuts through the outer circle. Three things to see.
#
# **The first cost is infinite.** With weights this large, $z^{[3]}$ lies somewhere between 60 and 7000 for *every*
# training example before the first step. The sigmoid is *saturated* there: above about 37, $\sigma(z)$ cannot be told
# from 1 in double precision. For an example of class 0 the loss is then
#
# $$-\ln\left(1 - a^{[3]}\right) = -\ln 0 = \infty.$$
#
# The network was completely sure, and completely wrong. A single such example is enough to make the mean infinite;
# here there are 150. (The cost curve leaves this point out.)
#
# **Learning is slow and uneven.** A backward pass multiplies by the weights of one layer after another. Where the
# weights are large, the gradients of the early layers *explode*, and a step of gradient descent throws the network
# from one side to the other. Where the sigmoid is saturated and happens to be right, $a^{[3]} - y$ is 0 and gradients
# *vanish*: such an example teaches nothing at all. Poor starting weights can do either, and both slow the
# optimization down.
#
# **Patience helps little.** Train for longer and the cost does go on falling, but slowly: from iteration 9000 to
# 14000 it falls by about 0.01 only. It is cheaper to start from a better place.
#
# <div class="alert alert-block alert-info">
#
# **In summary**
#
# * Large random weights break the symmetry, and still do badly.
# * Smaller ones do better. But small is not good in itself: with weights of `0.01 * np.random.randn(...)` this very
#   network stays at a cost of 0.6931 for all of its 15,000 iterations. Signals shrink on their way forward and
#   gradients on their way back, and the network sits almost where the zeros left it.
#
# So how large should they be? That is the next section.
#
# </div>

# %% [markdown]
# <a id="he"></a>
# ## 6 · He initialization
#
# The right size depends on the layer. A unit adds up $n^{[l-1]}$ terms, so the more units the layer before it has,
# the larger the sum will be, and the smaller each weight should be to make up for it. If the weights are independent
# with mean 0 and variance $v$, then for each unit
#
# $$\mathrm{Var}\left(z^{[l]}\right) = n^{[l-1]} \; v \; \mathrm{E}\left[\left(a^{[l-1]}\right)^2\right].$$
#
# A ReLU keeps the positive half of a symmetric signal and drops the other, so that
# $\mathrm{E}[a^2] = \frac{1}{2} \mathrm{Var}(z)$. The signal neither grows nor shrinks from one layer to the next if
# $n^{[l-1]} \cdot v \cdot \frac{1}{2} = 1$, that is, if
#
# $$v = \frac{2}{n^{[l-1]}}, \qquad W^{[l]} = \texttt{randn} \cdot \sqrt{\frac{2}{n^{[l-1]}}}.$$
#
# This is the *He initialization*, named after the first author of He et al., 2015. Its older relative, *Xavier
# initialization*, has $\sqrt{1 / n^{[l-1]}}$ instead; it was made for activations that do not drop half of the
# signal, such as $\tanh$.

# %% [markdown] nbgrader={"grade_id": "exercise_3"}
# <a id="exercise-3"></a>
# ### Exercise 3 · `initialize_parameters_he`
#
# It is almost the function of exercise 2. Instead of multiplying by 10, multiply by $\sqrt{2 / n^{[l-1]}}$, where
# $n^{[l-1]}$ is the size of the *previous* layer. `np.sqrt` takes the root. The biases stay zero.


# %% nbgrader={"grade_id": "initialize_parameters_he", "solution": true}
# GRADED FUNCTION: initialize_parameters_he
def initialize_parameters_he(layers_dims):
    """Draw random weights scaled by sqrt(2 / size of the previous layer), and set all biases to zero.

    Parameters
    ----------
    layers_dims : list of int
        The size of each layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), and bl of shape (n_l, 1).
    """
    np.random.seed(3)  # so that your random numbers are the same as ours
    parameters = {}
    L = len(layers_dims) - 1  # the number of layers, the input not counted

    for l in range(1, L + 1):
        # YOUR CODE STARTS HERE (about 2 lines)
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
        # YOUR CODE ENDS HERE

    return parameters


# %% nbgrader={"grade_id": "initialize_parameters_he_public", "grade": true, "points": 4}
print_parameters(initialize_parameters_he, [2, 4, 1])

initialize_parameters_he_test(initialize_parameters_he)

# %% nbgrader={"grade_id": "initialize_parameters_he_hidden", "grade": true, "points": 6}
# Hidden tests of initialize_parameters_he run here when your notebook is graded.
### BEGIN HIDDEN TESTS
# INCLUDE hidden_checks.py
marks("initialize_parameters_he_hidden", initialize_parameters_he)
### END HIDDEN TESTS

# %% tags=["demonstration"] nbgrader={"grade_id": "train_he"}
parameters = model(train_X, train_Y, initialization="he")
print("On the training set:")
predictions_train = predict(train_X, train_Y, parameters)
print("On the test set:")
predictions_test = predict(test_X, test_Y, parameters)

# %% tags=["demonstration"] nbgrader={"grade_id": "boundary_he"}
plt.title("Model with He initialization")
axes = plt.gca()
axes.set_xlim([-1.5, 1.5])
axes.set_ylim([-1.5, 1.5])
plot_decision_boundary(lambda x: predict_dec(parameters, x.T), train_X, train_Y)

# %% [markdown]
# There it is: a ring. The two classes are separated very well, and in few iterations. By iteration 7000 its cost is
# lower than the one that the large weights reach after 14,000.
#
# Why not simply multiply by 1? On a network as small as ours that works too, since $\sqrt{2/2} = 1$ for the first
# layer and the others are nearly as narrow. Make the layers 1000 units wide, and it no longer does. The formula of He
# goes along with the width.

# %% [markdown]
# <a id="conclusions"></a>
# ## 7 · Conclusions
#
# You have trained one network from three starting points. Same data, same layers, same learning rate, same number of
# iterations:
#
# | initialization | training accuracy | what happened |
# | :-- | :-: | :-- |
# | zeros | 50 % | fails to break the symmetry |
# | large random | 83 % | the weights are too large |
# | He | 99 % | recommended |
#
# <div class="alert alert-block alert-success">
#
# **What you take with you**
#
# * Different initializations lead to very different results.
# * Randomness breaks the symmetry, so that units of one layer can learn different things.
# * Do not start with weights that are too large.
# * He initialization works well for networks with ReLU activations.
#
# </div>
#
# That was the first assignment. Well done, and good night!
#
# **Reference.** K. He, X. Zhang, S. Ren, J. Sun: *Delving Deep into Rectifiers: Surpassing Human-Level Performance on
# ImageNet Classification*. ICCV 2015.
