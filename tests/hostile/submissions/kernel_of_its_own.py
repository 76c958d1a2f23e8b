"""Names a kernel that would run a program of its own."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% notebook
notebook["metadata"]["kernelspec"] = {"name": "@MARK@", "display_name": "x", "argv": ["sh", "-c", "touch /tmp/@MARK@"], "language": "bash"}
