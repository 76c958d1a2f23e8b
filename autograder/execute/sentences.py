"""What a student reads when a box stopped: one sentence for each limit, with its number."""

from __future__ import annotations

from autograder.records import Limits, Stop


def _seconds(value: float) -> str:
    return f"{value:g} second{'' if value == 1 else 's'}"


def stop(code: str, limits: Limits, detail: str = "") -> Stop:
    """The stop of this code, with its sentence."""
    sentences = {
        "time/cell": f"This cell ran for longer than {_seconds(limits.cell_seconds)} and was stopped. "
        "Is there a loop that never ends?",
        "time/call": f"A call of your code took longer than {_seconds(limits.call_seconds)} and was stopped. "
        "Is there a loop that never ends?",
        "time/submission": f"Your notebook used more than the {_seconds(limits.submission_seconds)} that it has in all "
        "and was stopped.",
        "memory": f"Your notebook used more than {limits.memory_mb} MB of memory and was stopped.",
        "output": f"Your notebook sent more than {limits.output_bytes:,} bytes of output at once and was stopped.",
        "exited": "Your code ended the Python process (for instance with os._exit), "
        "so that nothing after it could run.",
        "killed": f"The Python process of your notebook was killed{detail}, so that nothing after it could run.",
        "protocol": "Your notebook's process sent something that is not an answer to the question it was asked, "
        "and was stopped.",
    }
    return Stop(code, sentences[code])


def cut(text: str, limit: int) -> str:
    """The text, cut at the limit with a word that says so."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n[output cut here: it was longer than {limit:,} characters]\n"
