"""Replaces stdout, stderr, the display hook and `print` by objects that raise."""

# levels: A  # the level makes no difference to it

# %% first
import builtins, sys
class Broken:
    def __getattr__(self, name):
        raise SystemExit(name)
sys.stdout = sys.stderr = sys.displayhook = sys.excepthook = Broken()
builtins.print = builtins.get_ipython = None
