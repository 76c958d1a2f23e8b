"""Prints the text of every cell that is run after it."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% first
seen = []
def peek(info):
    seen.append(info.raw_cell)
    print(info.raw_cell)
get_ipython().events.register("pre_run_cell", peek)

# %% last
raise ValueError("\n".join(seen))
