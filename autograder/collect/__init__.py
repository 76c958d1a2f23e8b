"""Collect: from a folder of submissions to one restored notebook per student. Nothing of a student's runs here."""

from autograder.collect.find import NoSubmissionsError, find, handed_in_beside
from autograder.collect.read import Unreadable, digest, read, sha256
from autograder.collect.restore import restore

__all__ = ["NoSubmissionsError", "Unreadable", "digest", "find", "handed_in_beside", "read", "restore", "sha256"]
