"""Running strangers' code: one warm zygote, and boxes forked from it."""

from .zygote import Zygote

__all__ = ["Zygote"]
