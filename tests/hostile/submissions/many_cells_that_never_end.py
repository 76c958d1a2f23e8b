"""Holds hundreds of cells each of which runs until it is stopped."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% notebook
cells = [{"cell_type": "code", "source": "while True: pass", "metadata": {}, "outputs": []} for i in range(300)]
notebook["cells"][3:3] = cells
