"""Holds many cells each of which ends its process."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% notebook
cells = [{"cell_type": "code", "source": "import os; os._exit(0)", "metadata": {}, "outputs": []} for i in range(40)]
notebook["cells"][3:3] = cells
