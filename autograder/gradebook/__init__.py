"""Gradebook: nbgrader's own database, written by one process, a submission at a time.

Import `autograder.gradebook.writer` only when there is something to write: nbgrader takes seconds to import.
"""

import sys

# What checks the form of web addresses for jsonschema, which nbgrader imports: it builds a grammar of them for three
# seconds, and jsonschema does without where it is not there.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None stands for a module that is not there
