"""Holds expressions that are too deep for a parser's stack, each in a cell of its own."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
def own(source):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
for text in ("(" * 9_000, "-" * 40_000 + "1", "+".join("1" * 20_000), "f(" * 9_000 + ")" * 9_000, "x" + ".x" * 24_000, "not " * 12_000 + "1",
             "lambda: " * 6_000 + "1", "[" * 150 + "]" * 150, "1 if 1 else " * 4_000 + "1", "f'{" * 100, "a=" * 24_000 + "1", "if 1:\n" + "".join(" " * i + "if 1:\n" for i in range(1, 99))):
    notebook["cells"].insert(3, own(text))
