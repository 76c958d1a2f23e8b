"""Hands in JSON in which keys stand twice, and numbers that are not finite."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
import json
data = json.dumps({**notebook, "x": float("nan")}).replace('{"cells"', '{"cells": 5, "cells"', 1).encode()
