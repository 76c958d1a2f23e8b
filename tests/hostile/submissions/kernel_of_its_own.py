"""Names a kernel that would run a program of its own."""

# %% notebook
notebook["metadata"]["kernelspec"] = {"name": "@MARK@", "display_name": "x", "argv": ["sh", "-c", "touch /tmp/@MARK@"], "language": "bash"}
