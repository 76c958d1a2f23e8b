"""Takes just less than the time of a call, in every call."""

# limits: tight

# %% initialize_parameters_he
import time
def initialize_parameters_he(d):
    time.sleep(1.5)
    return {}
