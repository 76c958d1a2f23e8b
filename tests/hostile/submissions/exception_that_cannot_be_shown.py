"""Raises exceptions whose text raises, is endless or is no text."""

# levels: A  # the level makes no difference to it

# %% initialize_parameters_zeros
class Odd(ValueError):
    def __str__(self):
        raise self
    __repr__ = __str__
def initialize_parameters_zeros(d):
    raise Odd

# %% initialize_parameters_random
class Long(ValueError):
    def __str__(self):
        return "x" * 10**7
def initialize_parameters_random(d):
    raise Long

# %% initialize_parameters_he
class Text(str):
    def __getitem__(self, key):
        return 5
class Wrong(KeyError):
    __class__ = int
    __traceback__ = __cause__ = 5
    def __str__(self):
        return Text("x")
def initialize_parameters_he(d):
    raise Wrong
