"""Swallows every exception with an exception hook of IPython's."""

# levels: A  # the level makes no difference to it

# %% first
get_ipython().set_custom_exc((BaseException,), lambda *error, **more: None)
