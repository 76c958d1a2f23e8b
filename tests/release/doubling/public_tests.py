"""What students see from the start."""


def equal(got, expected):
    return got == expected


def small(double):
    """Small numbers are doubled."""
    return equal(double([1, 2]), [2, 4])


small.name, small.points = "small", 4
CHECKS = {
    "double_public": (small,),
}


def double_test(double):
    assert small(double), small.__doc__
    print("All tests passed.")
