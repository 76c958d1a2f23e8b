"""What can go wrong while a test cell runs that is not a plain failure of the student's answer.

They derive from BaseException, so that a test's own `except Exception` does not swallow them.
"""


class CannotBeSplitError(BaseException):
    """A test cell does something that cannot cross to the box; the text says what. Our fault, never a zero."""


class FaultInTestError(BaseException):
    """A `BoxFault` while a test cell was running, on its way to those who deal with faults."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


class OutOfTimeError(BaseException):
    """A test cell ran too long in the judge, which what the student returned brought about."""


class KeyNeededError(BaseException):
    """A test asks something of which only the answer key can tell whether it may; the key has to be tried first."""


class StudentStoppedError(Exception):
    """The student's process is gone, or what it returned was too much. An ordinary failure for the test."""

    def __init__(self, message: str, code: str = "raises") -> None:
        super().__init__(message)
        self.code = code
