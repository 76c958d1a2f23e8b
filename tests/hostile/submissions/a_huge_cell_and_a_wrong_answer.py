"""Hands in cells so long that whoever reads them as Python runs out of memory."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% notebook
notebook["cells"][3:3] = [{"cell_type": "code", "source": "x = [" + "1," * 400_000 + "]", "metadata": {}, "outputs": []}]
