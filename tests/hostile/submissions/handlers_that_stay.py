"""Leaves handlers for signals, exits, forks, imports, traces and garbage."""

# answers: two
# earns: 20

# %% first
import atexit, faulthandler, gc, os, signal, sys, threading, weakref
for number in range(1, 65):
    try:
        signal.signal(number, lambda *a: None)
    except (OSError, ValueError):
        pass
atexit.register(os.system, "touch @MARK@")
os.register_at_fork(before=lambda: None, after_in_child=lambda: os._exit(0), after_in_parent=lambda: None)
sys.settrace(lambda *a: None); sys.setprofile(lambda *a: None); threading.settrace(lambda *a: None)
sys.addaudithook(lambda event, args: None)
sys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(lambda *a: None)}))
gc.callbacks.append(lambda *a: None)
faulthandler.dump_traceback_later(2, repeat=True, exit=True, file=open(os.devnull, "w"))
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
