"""Loops for ever in a cell, and swallows whatever would stop it."""

# answers: two
# earns: 20
# limits: tight

# %% first
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
