"""Hands in cells with NULs, lone surrogates, byte order marks and controls."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
for i, text in enumerate(("x = 1\0", "y = '\ud800'", "\ufeffz = 1", "\x1b[2J", "a\rb\x0c", "%%bash\n\0")):
    notebook["cells"].insert(3, {"cell_type": "code", "source": text, "metadata": {}, "outputs": []})
