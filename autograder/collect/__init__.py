"""Collect: from a folder of submissions to one restored notebook per student. Nothing of a student's runs here."""

from autograder.collect.beside import beside, fingerprint
from autograder.collect.find import NoSubmissionsError, find, misnamed, others_handed_in
from autograder.collect.read import Unreadable, digest, read, sha256
from autograder.collect.restore import restore

__all__ = [
    "NoSubmissionsError",
    "Unreadable",
    "beside",
    "digest",
    "find",
    "fingerprint",
    "misnamed",
    "others_handed_in",
    "read",
    "restore",
    "sha256",
]
