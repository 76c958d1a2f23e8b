"""Hands in JSON that is nested just so deep that it can still be read, where it is to be shown."""

# status: unreadable
# levels: A  # the level makes no difference to it

# %% notebook
import json
data = json.dumps({**notebook, "cells": [{"cell_type": "DEEP", "source": "DEEP", "metadata": {"nbgrader": {"grade_id": "DEEP"}, "tags": "DEEP"}}]}).replace('"DEEP"', "[" * 900 + "]" * 900).encode()
