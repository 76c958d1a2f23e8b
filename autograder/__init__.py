"""Seedbed's autograder. `autograder.program` shows the whole of it in a few lines."""

__version__ = "0.1.0"
