"""The one exception of this stage."""


class ReleaseError(Exception):
    """Something an author must put right before there can be a release; the message says what, and where."""
