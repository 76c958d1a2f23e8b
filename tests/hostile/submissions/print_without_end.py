"""Prints more than a gigabyte."""

# answers: two
# earns: 20

# %% first
import sys
line = "x" * 1_000_000
for _ in range(1_200):
    print(line)
    sys.stderr.write(line)
    sys.__stdout__ and sys.__stdout__.write(line)
