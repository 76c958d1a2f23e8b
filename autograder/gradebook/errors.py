"""What can go wrong with the gradebook."""


class GradebookError(Exception):
    """The gradebook cannot be read or written; the text says what to do."""
