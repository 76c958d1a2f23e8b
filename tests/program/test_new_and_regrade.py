"""A second assignment from nothing, and grading again when a test changes."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
COMMAND = str(Path(sys.executable).parent / "autograder")


def run(root, *arguments, **options):
    """Run the command in a project's root."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], cwd=root, capture_output=True, text=True, check=False, **options
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with nothing in it but what `autograder new` writes, and two students of it."""
    root = tmp_path_factory.mktemp("project")
    (root / "utils").mkdir()
    for name in ("utils/init_utils.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    assert run(root, "new", "week_2").returncode == 0
    released = run(root, "release", "week_2")
    assert released.returncode == 0, released.stderr
    given = json.loads((root / "notebooks" / "week_2" / "week_2.ipynb").read_text(encoding="utf-8"))
    for student, body in {"ada": "return number + number", "bob": "return abs(2 * number)"}.items():
        notebook = json.loads(json.dumps(given))
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
                cell["source"] = f"def double(number):\n    {body}"
        place = root / "class" / student / "week_2"
        place.mkdir(parents=True)
        (place / "week_2.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    graded = run(root, "grade", "class", "--assignment", "week_2", "--out", "run")
    assert graded.returncode == 0, graded.stderr
    return root


def scores(root):
    """The scores of the run."""
    table = json.loads((root / "run" / "results.json").read_text(encoding="utf-8"))
    return {one["student"]: one["score"] for one in table["submissions"]}


def in_gradebook(root):
    """The scores of nbgrader's gradebook."""
    with sqlite3.connect(root / "build" / "course" / "gradebook.db") as book:
        rows = book.execute(
            """select s.student_id, sum(g.auto_score) from grade g join submitted_notebook n on g.notebook_id = n.id
               join submitted_assignment s on n.assignment_id = s.id group by s.student_id"""
        )
        return dict(rows.fetchall())


def test_a_second_assignment_needs_nothing_but_its_own_files(project):
    """Released, graded, in the gradebook: without a line in `autograder/`."""
    assert scores(project) == {"ada": 10, "bob": 4} == in_gradebook(project)


def test_an_assignment_is_never_overwritten(project):
    """`new` with a name that is taken writes nothing."""
    before = (project / "notebooks" / "week_2" / "source.py").read_bytes()
    done = run(project, "new", "week_2")
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert (project / "notebooks" / "week_2" / "source.py").read_bytes() == before


def test_regrade_runs_only_whom_the_tests_ask_something_new(project):
    """Ada was asked all of it before; bob's test had ended at its first call. `--run-again` runs both, and finds the same."""
    source = project / "notebooks" / "week_2" / "source.py"
    before = source.read_text(encoding="utf-8")
    softer = before.replace("assert double(-7) == -14", "assert abs(double(-7)) == 14")
    source.write_text(softer, encoding="utf-8")
    observed = run(project, "regrade", "run", "--dry-run", "--json")
    again = run(project, "regrade", "run", "--dry-run", "--json", "--run-again")
    source.write_text(before, encoding="utf-8")
    tables = [json.loads(done.stdout) for done in (observed, again)]
    assert [(table.pop("recalled"), table.pop("run")) for table in tables] == [(1, 1), (0, 2)]
    assert tables[0] == tables[1]
    assert [(move["student"], move["before"], move["after"]) for move in tables[0]["moves"]] == [("bob", 4, 10)]
    assert "1 decided from stored observations, 1 run again" in observed.stderr
    assert scores(project)["bob"] == 4


def test_who_keeps_the_score_does_not_count_as_moving(project):
    """The hidden test is worth 5 and no longer 6: ada moves; bob, who has none of them, is only listed."""
    source = project / "notebooks" / "week_2" / "source.py"
    before = source.read_text(encoding="utf-8")
    source.write_text(before.replace('"points": 6', '"points": 5'), encoding="utf-8")
    shown = run(project, "regrade", "run", "--dry-run")
    source.write_text(before, encoding="utf-8")
    assert "1 of 2 move, 1 more keep their score by other checks, from release" in shown.stdout
    assert "0 of 6 → 0 of 5" in shown.stdout


def test_regrade_shows_who_moves_before_it_writes_and_keeps_the_record(project):
    """A softer hidden test gives bob his points; an override needs a reason and stays."""
    source = project / "notebooks" / "week_2" / "source.py"
    source.write_text(source.read_text(encoding="utf-8").replace("assert double(-7) == -14\n", ""), encoding="utf-8")
    shown = run(project, "regrade", "run", "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert "1 of 2 move, from release" in shown.stdout
    assert "bob" in shown.stdout
    assert "+6" in shown.stdout
    assert scores(project)["bob"] == 4
    assert run(project, "regrade", "run", "--yes").returncode == 0
    assert scores(project) == {"ada": 10, "bob": 10} == in_gradebook(project)

    override = ("regrade", "run", "--override", "bob/double_hidden/double_hidden=2", "--yes")
    refused = run(project, *override)
    assert refused.returncode == 2
    assert "reason" in refused.stderr
    assert run(project, *override, "--reason", "copied").returncode == 0
    assert scores(project) == {"ada": 10, "bob": 6} == in_gradebook(project)
    assert json.loads((project / "run" / "overrides.jsonl").read_text(encoding="utf-8"))["reason"] == "copied"
    assert run(project, "regrade", "run", "--yes").returncode == 0
    assert scores(project)["bob"] == 6


def test_what_was_set_by_hand_stays_when_the_class_is_graded_again(project):
    """As in the gradebook; and what ada hands in anew counts, also after the next override."""
    again = ("grade", "class", "--assignment", "week_2", "--out", "run")
    assert run(project, *again).returncode == 0
    assert scores(project) == {"ada": 10, "bob": 6} == in_gradebook(project)
    place = project / "class" / "ada" / "week_2" / "week_2.ipynb"
    before = place.read_text(encoding="utf-8")
    place.write_text(before.replace("return number + number", "return abs(number + number)"), encoding="utf-8")
    assert run(project, *again).returncode == 0
    worse = scores(project)
    assert worse == {"ada": worse["ada"], "bob": 6} == in_gradebook(project)
    place.write_text(before.replace("return number + number", "return 2 * number"), encoding="utf-8")
    assert run(project, *again).returncode == 0
    assert scores(project) == {"ada": 10, "bob": 6} == in_gradebook(project)
    override = ("regrade", "run", "--override", "bob/double_hidden/double_hidden=1", "--reason", "more", "--yes")
    assert run(project, *override).returncode == 0
    assert scores(project) == {"ada": 10, "bob": 5} == in_gradebook(project)


def test_what_a_regrade_has_run_again_is_what_the_next_grading_finds(project):
    """Or the mark from before would come back, in results.json and in the gradebook."""
    state = project / "run" / "state.jsonl"
    before = state.read_text(encoding="utf-8")
    last = [line for line in before.splitlines() if '"ada"' in line][-1]
    worse = last.replace('"outcome": "passed", "points": 4', '"outcome": "failed", "points": 1')
    assert worse != last  # as a slow machine may have made it
    state.write_text(before + worse + "\n", encoding="utf-8")
    again = ("grade", "class", "--assignment", "week_2", "--out", "run")
    assert run(project, *again).returncode == 0
    spoilt = scores(project)
    assert spoilt["ada"] < 10
    assert spoilt == in_gradebook(project)
    assert run(project, "regrade", "run", "--run-again", "--yes").returncode == 0
    assert scores(project)["ada"] == 10
    assert run(project, *again).returncode == 0
    assert scores(project)["ada"] == 10 == in_gradebook(project)["ada"]


def test_explain_says_how_a_mark_came_about(project):
    """Every check of the exercise, with its points, for an appeal."""
    done = run(project, "explain", "ada", "double", "--run", "run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("✓ passed") == 2
    assert "ada, double: 10 of 10 points" in done.stdout


def test_feedback_and_report_are_made_anew(project):
    """From the run's folder, without grading."""
    (project / "run" / "feedback" / "ada.html").unlink()
    assert run(project, "feedback", "run").returncode == 0
    assert (project / "run" / "feedback" / "ada.html").exists()
    assert run(project, "report", "run").returncode == 0
    assert "<html" in (project / "run" / "report.html").read_text(encoding="utf-8")
