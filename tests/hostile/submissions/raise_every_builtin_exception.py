"""Raises each builtin exception in turn, made without what it needs."""

# levels: A  # the level makes no difference to it

# %% first
import builtins
kinds = [k for k in vars(builtins).values() if isinstance(k, type) and issubclass(k, BaseException)]
count = 0
def raise_one(d):
    global count
    count += 1
    kind = kinds[count % len(kinds)]
    raise kind.__new__(kind) if kind not in (ExceptionGroup, BaseExceptionGroup) else kind("x", [OSError()])
initialize_parameters_zeros = initialize_parameters_random = initialize_parameters_he = raise_one

# %% initialize_parameters_zeros
initialize_parameters_zeros = raise_one

# %% initialize_parameters_random
initialize_parameters_random = raise_one

# %% initialize_parameters_he
initialize_parameters_he = raise_one
