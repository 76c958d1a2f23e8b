"""One submission for each payload, with the payload in every place that a student can write to."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from autograder.records import Graded, Notice, Result
from tests.deliver.class_in_code import exercise, graded, notebook, plot_output
from tests.deliver.payloads import PAYLOADS

MIMES = ("text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex", "text/plain")


def hostile_outputs(payload: str) -> tuple[Any, ...]:
    """Give outputs of every kind that hold the payload."""
    kinds = tuple({"output_type": "display_data", "metadata": {}, "data": {mime: payload}} for mime in MIMES)
    stream = {"output_type": "stream", "name": "stdout", "text": payload}
    error = {"output_type": "error", "ename": payload, "evalue": payload, "traceback": [payload]}
    return (*kinds, stream, error, plot_output(payload))


def hostile_notebook(payload: str) -> bytes:
    """Give a submission with the payload as code, comment, string, answer, own cell and output."""
    code = f'def double(n):\n    """{payload}"""\n    # {payload}\n    return {payload}'
    return notebook(code, payload, own=(payload,), outputs=hostile_outputs(payload))


def everything() -> bytes:
    """Give one submission that holds every payload, each in a markdown cell and in a code cell with outputs."""
    table = json.loads(notebook("", ""))
    for name, payload in PAYLOADS.items():
        written = {"cell_type": "markdown", "source": payload, "metadata": {}, "id": f"text-{name}"}
        code = {"cell_type": "code", "source": payload, "metadata": {}, "id": f"code-{name}", "execution_count": None}
        table["cells"] += [written, code | {"outputs": list(hostile_outputs(payload))}]
    return json.dumps(table).encode()


def hostile(payload: str) -> tuple[bytes, Graded]:
    """Give that submission and what grading it found: names, notices and messages hold the payload too."""
    data = hostile_notebook(payload)
    message = f"✗ double: ValueError: {payload}\n  called     double({payload})\n  why        {payload}"
    work = graded(data, notices=(Notice("cell-error", f"Cell 3 stopped with {payload}"),), messages=(message, message))
    result = replace(work.result, student=payload, file=f"submitted/{payload}/{payload}.ipynb", seed=payload)
    return data, replace(work, result=result)


def hostile_result(payload: str) -> Result:
    """Give a result whose codes and checks hold the payload, for a report."""
    one = exercise(("passed", "failed", "failed"), (payload, payload))
    checks = tuple(replace(check, code=check.code and payload, title=payload) for check in one.checks)
    result = hostile(payload)[1].result
    return replace(result, exercises=(replace(one, checks=checks, name=payload),))
