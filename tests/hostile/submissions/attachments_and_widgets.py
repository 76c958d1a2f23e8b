"""Hands in attachments, widgets and links that lead out of the notebook."""

# answers: right
# earns: 30
# levels: A  # the level makes no difference to it

# %% notebook
for cell in notebook["cells"]:
    cell["attachments"] = {"../../../tmp/@MARK@": {"image/png": "AAAA"}}
notebook["metadata"]["widgets"] = {"x": {"state": {"a": {"model_module": "http://127.0.0.1/@MARK@"}}}}
