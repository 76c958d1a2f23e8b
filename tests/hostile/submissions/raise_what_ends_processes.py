"""Raises what ends programs, threads, generators and event loops."""

# levels: A  # the level makes no difference to it

# %% first
import asyncio
errors = iter([SystemExit(0), KeyboardInterrupt(), GeneratorExit(), StopIteration({}), asyncio.CancelledError()] * 100)

# %% initialize_parameters_zeros
def initialize_parameters_zeros(d):
    raise next(errors)

# %% initialize_parameters_random
def initialize_parameters_random(d):
    raise ExceptionGroup("many", [ValueError(1), ExceptionGroup("more", [OSError()])])

# %% initialize_parameters_he
def initialize_parameters_he(d):
    raise BaseExceptionGroup("many", [KeyboardInterrupt()])
