"""Replaces the function of the shell that runs code by one that runs none."""

# levels: A  # the level makes no difference to it

# %% first
async def run_code(*a, **k):
    return False
shell = get_ipython()
shell.run_code = run_code
type(shell).run_code = run_code
