"""Ends its process in every way there is."""

# answers: right
# earns: 30

# %% first
import os
os._exit(0)

# %% first
import sys
sys.exit(0)

# %% first
quit()

# %% first
exit

# %% first
import os
os.abort()

# %% first
import ctypes
ctypes.string_at(0)

# %% first
import ctypes
ctypes.CDLL(None).quick_exit(0)

# %% first
import faulthandler
faulthandler._stack_overflow()
