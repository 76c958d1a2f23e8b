"""Gradebook: nbgrader's own database, written by one process, a submission at a time.

Import `autograder.gradebook.writer` only when there is something to write: nbgrader takes seconds to import.
"""
