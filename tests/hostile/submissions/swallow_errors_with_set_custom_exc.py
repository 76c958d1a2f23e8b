"""Swallows every exception with an exception hook of IPython's."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% first
get_ipython().set_custom_exc((BaseException,), lambda *error, **more: None)
