"""Hands in a notebook of an old format whose sheets hold no lists."""

# status: unreadable
# levels: A  # the level makes no difference to it

# %% notebook
notebook = None
import json
data = json.dumps({"worksheets": [{"cells": 5}, {"cells": "abc"}, {"cells": {"a": 1}}, 7, {"cells": [{"cell_type": "code", "input": "10.0"}]}], "metadata": [], "nbformat": 3}).encode()
