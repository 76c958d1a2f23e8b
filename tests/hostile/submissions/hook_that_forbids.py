"""Installs an audit hook that ends the process whenever anything is imported, opened or compiled."""

# %% first
import os, sys
sys.addaudithook(lambda event, args: os._exit(0) if event in ("import", "open", "compile", "exec", "socket.connect") else None)
