"""Compare a training loop built from `init_utils` with a plain transcription of the formulas.

    python benchmarks/training_loop.py [--iterations N] [--rounds N]

Both loops train the notebook's network on the notebook's data from the same He start, in one process, in alternate
rounds; the best round of each counts, in CPU time of the process. Two loops of ours are measured: the notebook's, which
computes the loss only when it is printed, and one that computes it on every iteration, as the plain one does.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # CPU time is compared: idle threads must not spin beside us
os.environ.setdefault("MPLBACKEND", "template")  # load_dataset draws; nothing here looks at it

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "utils"))
from init_utils import (
    backward_propagation,
    compute_loss,
    forward_propagation,
    load_dataset,
    update_parameters,
)

Parameters = dict[str, np.ndarray]
LAYERS = [2, 10, 5, 1]
LEARNING_RATE = 0.01
PRINT_EVERY = 1000


def he_start() -> Parameters:
    """The notebook's He initialization."""
    random = np.random.RandomState(3)
    parameters = {}
    for layer, (fan_in, units) in enumerate(pairwise(LAYERS), start=1):
        parameters[f"W{layer}"] = random.randn(units, fan_in) * np.sqrt(2 / fan_in)
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def notebook_loop(X: np.ndarray, Y: np.ndarray, iterations: int) -> Parameters:
    """Train as the notebook's `model` does: the loss is computed when it is printed."""
    parameters = he_start()
    for i in range(iterations):
        a3, cache = forward_propagation(X, parameters)
        if i % PRINT_EVERY == 0:
            compute_loss(a3, Y)
        grads = backward_propagation(X, Y, cache)
        parameters = update_parameters(parameters, grads, LEARNING_RATE)
    return parameters


def loss_every_time(X: np.ndarray, Y: np.ndarray, iterations: int) -> Parameters:
    """Train with the same functions, and compute the loss on every iteration."""
    parameters = he_start()
    for _ in range(iterations):
        a3, cache = forward_propagation(X, parameters)
        compute_loss(a3, Y)
        grads = backward_propagation(X, Y, cache)
        parameters = update_parameters(parameters, grads, LEARNING_RATE)
    return parameters


def plain_forward(X: np.ndarray, p: Parameters) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Forward propagation, formula by formula."""
    z1 = np.dot(p["W1"], X) + p["b1"]
    a1 = np.maximum(0, z1)
    z2 = np.dot(p["W2"], a1) + p["b2"]
    a2 = np.maximum(0, z2)
    z3 = np.dot(p["W3"], a2) + p["b3"]
    a3 = 1 / (1 + np.exp(-z3))
    return a3, (z1, a1, p["W1"], p["b1"], z2, a2, p["W2"], p["b2"], z3, a3, p["W3"], p["b3"])


def plain_loss(a3: np.ndarray, Y: np.ndarray) -> float:
    """Cross-entropy with both of its logarithms."""
    terms = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    return float(1.0 / Y.shape[1] * np.nansum(terms))


def plain_backward(X: np.ndarray, Y: np.ndarray, cache: tuple[np.ndarray, ...]) -> Parameters:
    """Backward propagation with a new array for every formula, and integer masks for the slope of the ReLU."""
    (_, a1, _, _, _, a2, W2, _, _, a3, W3, _) = cache
    dz3 = 1.0 / X.shape[1] * (a3 - Y)
    dW3 = np.dot(dz3, a2.T)
    db3 = np.sum(dz3, axis=1, keepdims=True)
    da2 = np.dot(W3.T, dz3)
    dz2 = np.multiply(da2, np.int64(a2 > 0))
    dW2 = np.dot(dz2, a1.T)
    db2 = np.sum(dz2, axis=1, keepdims=True)
    da1 = np.dot(W2.T, dz2)
    dz1 = np.multiply(da1, np.int64(a1 > 0))
    dW1 = np.dot(dz1, X.T)
    db1 = np.sum(dz1, axis=1, keepdims=True)
    return {
        "dz3": dz3, "dW3": dW3, "db3": db3,
        "da2": da2, "dz2": dz2, "dW2": dW2, "db2": db2,
        "da1": da1, "dz1": dz1, "dW1": dW1, "db1": db1,
    }  # fmt: skip


def plain_update(parameters: Parameters, grads: Parameters) -> Parameters:
    """One step of gradient descent."""
    for name in parameters:
        parameters[name] = parameters[name] - LEARNING_RATE * grads["d" + name]
    return parameters


def plain_loop(X: np.ndarray, Y: np.ndarray, iterations: int) -> Parameters:
    """Train with the formulas written down one by one."""
    parameters = he_start()
    Y = Y.astype(int)
    for _ in range(iterations):
        a3, cache = plain_forward(X, parameters)
        plain_loss(a3, Y)
        grads = plain_backward(X, Y, cache)
        parameters = plain_update(parameters, grads)
    return parameters


def best_cpu_seconds(loops: dict[str, Callable[[], Parameters]], rounds: int) -> dict[str, float]:
    """Time every loop once in each round, one after the other, and keep the best of each."""
    best = dict.fromkeys(loops, float("inf"))
    for _ in range(rounds):
        for name, loop in loops.items():
            start = time.process_time()
            loop()
            best[name] = min(best[name], time.process_time() - start)
    return best


def main() -> None:
    """Measure, check that all loops learn the same, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iterations", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()

    X, Y, _, _ = load_dataset()
    loops = {loop.__name__: loop for loop in (plain_loop, loss_every_time, notebook_loop)}
    learnt = [loop(X, Y, 100) for loop in loops.values()]
    for ours in learnt[1:]:
        for name, value in learnt[0].items():
            np.testing.assert_allclose(ours[name], value, rtol=1e-9)

    timed = {name: lambda loop=loop: loop(X, Y, arguments.iterations) for name, loop in loops.items()}
    seconds = best_cpu_seconds(timed, arguments.rounds)
    print(f"{arguments.iterations} iterations, best of {arguments.rounds} alternate rounds, CPU time")
    for name, spent in seconds.items():
        per_iteration = 1e6 * spent / arguments.iterations
        print(f"{name:16} {per_iteration:7.1f} µs an iteration   ratio {seconds['plain_loop'] / spent:.2f}")


if __name__ == "__main__":
    main()
