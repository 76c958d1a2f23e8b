"""What tests of downloads read off a plan, and a notebook to put into them."""

from __future__ import annotations

import json


def notebook(text: str = "") -> bytes:
    """Give a small notebook's bytes that can be told from others."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": text}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def by_student(plan):
    """Give the plan's students by name."""
    return {planned.person.student: planned for planned in plan.students}


def codes(plan):
    """Give the refused members, and why."""
    return {problem.member: problem.code for problem in plan.problems}
