"""Holds metadata that are texts and lists, and a release id that is not one."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
notebook["metadata"] = {"seedbed": {"release": {"a": ["0" * 500]}}, "kernelspec": 5, "language_info": []}
notebook["nbformat"] = notebook["nbformat_minor"] = {}
