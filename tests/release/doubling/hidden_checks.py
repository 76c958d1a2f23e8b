"""What students see after they hand in."""

from public_tests import equal


def negative(double):
    """Negative numbers are doubled too."""
    return equal(double([-3, -2]), [-6, -4])


def empty(double):
    """An empty list stays
    empty.
    """
    return equal(double([]), [])


negative.name, negative.points = "negative", 4
empty.name, empty.points = "empty", 2
CHECKS = {
    "double_hidden": (negative, empty),
}
