"""Binds the names that every cell of Python rests on."""

# levels: A  # the level makes no difference to it

# %% first
__builtins__ = {"print": lambda *a: None}
__name__ = "judge"
__build_class__ = __import__ = __loader__ = __spec__ = None
dict = list = str = float = range = len = None
