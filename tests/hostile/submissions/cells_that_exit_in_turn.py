"""Holds cells that end their process only when they are run again, each time one earlier."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% notebook
cells = [{"cell_type": "code", "source": f"import os\nif os.getuid() % 2 and {i} < 299 or {i} == 299: os._exit(0)", "metadata": {}, "outputs": []} for i in range(300)]
notebook["cells"][3:3] = cells
