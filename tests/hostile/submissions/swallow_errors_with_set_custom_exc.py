"""Swallows every exception with an exception hook of IPython's."""

# %% first
get_ipython().set_custom_exc((BaseException,), lambda *error, **more: None)
