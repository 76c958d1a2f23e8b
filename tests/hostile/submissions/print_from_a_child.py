"""Lets child processes and the shell print without end."""

# answers: two
# earns: 20
# limits: tight
# levels: A  # the level makes no difference to it

# %% first
import os
!yes | head -c 300000000
os.system("yes | head -c 300000000")
os.write(1, b"x" * 1_000_000)
