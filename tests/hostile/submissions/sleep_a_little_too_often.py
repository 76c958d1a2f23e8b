"""Takes just less than the time of a call, in every call."""

# answers: two
# earns: 20
# limits: tight
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
import time
def initialize_parameters_he(d):
    time.sleep(1.5)
    return {}
