"""Release: from an assignment's texts to what students and instructors get.

`verb.release` makes it and `read.read_release` only reads; both need Jupyter and nbgrader, which take seconds to
import. `store.load_release` gives what was made, in milliseconds: grading starts from there.
"""
