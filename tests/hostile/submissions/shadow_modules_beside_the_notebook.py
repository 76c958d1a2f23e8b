"""Hands in modules named like every one that Python and the libraries have, which nobody has imported yet."""

# answers: two
# earns: 20

# %% notebook
import sys
lie = "import sys\ndef __getattr__(name):\n    return lambda *a, **k: 30.0\n__all__ = ['marks']\ndef marks(*a):\n    return 30.0\n"
known = ("numpy", "random", "json", "matplotlib", "IPython", "sklearn", "traceback", "linecache", "asyncio", "subprocess")
used = ("tokenize", "inspect", "struct", "socket", "signal", "multiprocessing", "unittest", "doctest", "pdb", "pickle")
lazy = ("secrets", "hmac", "uuid", "statistics", "fractions", "decimal", "getpass", "pydoc", "cProfile", "timeit", "ctypes")
for name in {*known, *used, *lazy, *(name for name in sorted(sys.stdlib_module_names) if name[0] != "_")}:
    files[f"{name}.py"] = lie
    if len(files) == 190:
        break
for name in ("matplotlib_inline", "stack_data", "executing", "pygments", "PIL", "scipy", "traitlets"):
    files[f"{name}/__init__.py"] = lie

# %% first
1 / 0

# %% last
await __import__("asyncio").sleep(0)
!echo hello
%timeit -n1 -r1 pass
raise KeyError("the traceback of this imports what shows it")
