"""The program that runs in the box, and what it shares with the judge's side of the channel.

Nothing in here imports `autograder`: the zygote loads this package alone, and the repository is out of its sight
from then on.
"""
