"""Stands before a package that jsonschema imports if it is there, and that takes a second of every nbgrader command."""

raise ImportError("left out of the tests")
