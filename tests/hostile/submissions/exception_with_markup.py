"""Raises text that would come alive in a page, a terminal or a table."""

# levels: A  # the level makes no difference to it

# %% initialize_parameters_zeros
def initialize_parameters_zeros(d):
    raise ValueError("<script>alert(1)</script>\x1b[2J\x1b]0;owned\x07\u202e\x00=cmd|calc!A0</pre>" + chr(0xd800))

# %% initialize_parameters_random
def initialize_parameters_random(d):
    raise ValueError("<script>alert(1)</script>\x1b[2J\x1b]0;owned\x07\u202e\x00=cmd|calc!A0</pre>" + chr(0xd800))

# %% initialize_parameters_he
def initialize_parameters_he(d):
    raise ValueError("<script>alert(1)</script>\x1b[2J\x1b]0;owned\x07\u202e\x00=cmd|calc!A0</pre>" + chr(0xd800))
