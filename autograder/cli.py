"""The command line. What a command needs is imported when it runs, so that `--help` starts at once."""

from __future__ import annotations

import errno
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from autograder.interrupts import keep_interrupts
from autograder.lean import start_lean

if TYPE_CHECKING:
    from autograder.project import Project

SOME_UNDECIDED, USAGE, ENVIRONMENT, INTERNAL, INTERRUPTED = 1, 2, 3, 4, 130
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main() -> None:
    """Run the command line and end with its exit code."""
    keep_interrupts()
    start_lean()
    gc.set_threshold(50_000)  # imports make objects that stay: looking at them every 700 is a tenth of the start
    sys.stdout, sys.stderr = sys.stdout or nowhere(), sys.stderr or nowhere()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console without ✓ shows a question mark
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(interrupted())
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(interrupted())
    except Exception as error:
        sys.exit(explain_failure(error))
    sys.exit(code if isinstance(code, int) else 0)


def nowhere() -> TextIO:
    """Give something to write to in the place of a stream that was closed when we were started (`>&-`)."""
    number = os.open(os.devnull, os.O_WRONLY)  # the free one, so that no file gets it and is printed into
    os.set_inheritable(number, True)
    return os.fdopen(number, "w", encoding="utf-8")


def interrupted() -> int:
    """Say how to go on."""
    click.echo("Interrupted. Nothing that was finished is lost; type the same command again to go on.", err=True)
    return INTERRUPTED


def explain_failure(error: Exception) -> int:
    """Print one clear error and return its exit code. Names in it may be a student's."""
    from autograder.deliver.visible import visible  # noqa: PLC0415 - see the module's docstring

    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {
        "UnknownAssignmentError",
        "NoSubmissionsError",
        "ReleaseError",
        "RunError",
        "CollectError",
        "ExportError",
    }:
        click.echo(f"Error: {visible(str(error))}", err=True)
        return USAGE
    if names & {"BoxFault", "GradebookError", "OSError"}:
        click.echo(f"Error: {visible(str(error))}", err=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            click.echo("Make room, then type the same command again: nothing that was finished is lost.", err=True)
        if "BoxFault" in names:
            click.echo("Type the same command again. Where it stops again, type: autograder doctor", err=True)
        return ENVIRONMENT
    if os.environ.get("SEEDBED_DEBUG"):
        raise error
    click.echo(f"Internal error: {type(error).__name__}: {visible(str(error))}", err=True)
    click.echo("This is our fault. Set SEEDBED_DEBUG=1 to see where, and please report it.", err=True)
    return INTERNAL


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="seedbed", prog_name="autograder")
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The repository's root; by default here.")
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """Release assignments, grade submissions, and give marks and feedback back.

    \b
    Examples:
      autograder grade submissions --assignment initialization
      autograder release initialization
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.project import Project  # noqa: PLC0415 - see the module's docstring

    context.obj = Project(root.resolve())


unsafe = click.option(
    "--unsafe-no-sandbox",
    is_flag=True,
    help="Run students' code without a sandbox. It can then do whatever you can do on this machine.",
)


@cli.command(context_settings=CONTEXT)
@click.argument("assignment", default="initialization")
@click.option("--no-audit", is_flag=True, help="Leave out the audit of the tests, which takes most of the time.")
@unsafe
@click.pass_obj
def release(project: Project, assignment: str, no_audit: bool, unsafe_no_sandbox: bool) -> None:
    """Make the student bundle and the nbgrader course of ASSIGNMENT.

    Refuses if the answer key does not earn full marks, if the untouched notebook earns anything, if a line of a
    solution or of a hidden test is found in the bundle, or if the tests fail their own audit.

    \b
    Examples:
      autograder release
      autograder release initialization
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder import program  # noqa: PLC0415

    made = program.release(project, assignment, "none" if unsafe_no_sandbox else None, audited=not no_audit)
    click.echo(f"Released {assignment} {made.release.id[:12]}")
    for label, path in (("notebook", made.notebook), ("bundle", made.bundle), ("course", made.course)):
        click.echo(f"  {label:<9} {relative(path)}")


@cli.command(context_settings=CONTEXT)
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--assignment", "-a", default="initialization", show_default=True, help="Which assignment.")
@click.option("--jobs", "-j", default=0, type=click.IntRange(0), help="Workers; by default one for each core.")
@click.option("--out", type=click.Path(path_type=Path), help="Results and feedback [default: build/runs/ASSIGNMENT].")
@click.option("--gradebook", "url", help="SQLAlchemy URL of nbgrader's gradebook [default: the course's].")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of the table.")
@click.option("--replay", is_flag=True, help="Run the trainings too, and draw the figures anew.")
@click.option("--seed", default="", help="Fix the tests' random lists, to repeat an earlier grading.")
@click.option("--student", "only", help="Grade this student alone.")
@unsafe
@click.pass_obj
def grade(
    project: Project,
    submissions: Path,
    assignment: str,
    jobs: int,
    out: Path | None,
    url: str | None,
    as_json: bool,
    replay: bool,
    seed: str,
    only: str | None,
    unsafe_no_sandbox: bool,
) -> int:
    """Grade SUBMISSIONS: an nbgrader tree, a flat folder of STUDENT.ipynb, or one notebook.

    The same command again goes on where it stopped; another --out starts anew.

    \b
    Examples:
      autograder grade submissions --assignment initialization --jobs 4
      autograder grade ada.ipynb --out /tmp/ada --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.grade import GradeOrder, grade_command  # noqa: PLC0415

    order = GradeOrder(
        submissions=submissions,
        assignment=assignment,
        jobs=jobs or os.cpu_count() or 1,
        out=out or project.build / "runs" / assignment,
        gradebook=url,
        as_json=as_json,
        replay=replay,
        seed=seed,
        student=only,
        level="none" if unsafe_no_sandbox else None,
    )
    return grade_command(project, order)


@cli.command(context_settings=CONTEXT)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--assignment", "-a", default="initialization", show_default=True, help="Which assignment.")
@click.pass_obj
def sample(project: Project, target: Path, assignment: str) -> None:
    """Write the bundled sample class of an assignment to TARGET.

    \b
    Examples:
      autograder sample build/sample
      autograder sample /tmp/class --assignment initialization
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.sample import write_sample  # noqa: PLC0415

    folder = project.folder(assignment)
    count = write_sample(folder, folder / f"{assignment}.ipynb", target)
    click.echo(f"Wrote {count} submissions to {relative(target)}", err=True)


run_folder = click.argument("run", type=click.Path(path_type=Path, exists=True, file_okay=False))


@cli.command(context_settings=CONTEXT)
@run_folder
@click.option("--student", help="This student alone.")
@click.option("--gradebook", "url", help="SQLAlchemy URL of nbgrader's gradebook [default: the course's].")
@click.pass_obj
def feedback(project: Project, run: Path, student: str | None, url: str | None) -> int:
    """Write the feedback pages of RUN, the --out folder of a grading, anew, with what was given in formgrader since.

    \b
    Examples:
      autograder feedback build/runs/initialization
      autograder feedback build/runs/initialization --student ada
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.pages import feedback_command  # noqa: PLC0415

    return feedback_command(project, run, student, url)


@cli.command(context_settings=CONTEXT)
@run_folder
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The page [default: RUN/report.html].")
@click.option("--names", is_flag=True, help="Show students' names; without it the page is anonymous.")
@click.option("--gradebook", "url", help="SQLAlchemy URL of nbgrader's gradebook [default: the course's].")
@click.pass_obj
def report(project: Project, run: Path, out: Path | None, names: bool, url: str | None) -> int:
    """Draw a page about the class of RUN: marks, checks, misconceptions, what stands out.

    \b
    Examples:
      autograder report build/runs/initialization
      autograder report build/runs/initialization --names --out report.html
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.pages import report_command  # noqa: PLC0415

    return report_command(project, run, out, names, url)


@cli.command(context_settings=CONTEXT)
@click.argument("student")
@click.argument("exercise")
@click.option("--run", type=click.Path(path_type=Path), help="The grading [default: build/runs/initialization].")
@click.option("--json", "as_json", is_flag=True, help="Print the exercise's part of results.json.")
@click.pass_obj
def explain(project: Project, student: str, exercise: str, run: Path | None, as_json: bool) -> int:
    """Say how the mark of STUDENT in EXERCISE came about, check by check.

    \b
    Examples:
      autograder explain ada initialize_parameters_he
      autograder explain ada he --run build/runs/sample
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.pages import explain_command  # noqa: PLC0415

    return explain_command(run or project.build / "runs" / "initialization", student, exercise, as_json)


@cli.command(context_settings=CONTEXT)
@click.argument("slug")
@click.pass_obj
def new(project: Project, slug: str) -> int:
    """Write the first files of a new assignment called SLUG.

    \b
    Examples:
      autograder new week_2
      autograder new dropout
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.new import new_command  # noqa: PLC0415

    return new_command(project, slug)


@cli.command(context_settings=CONTEXT)
@run_folder
@click.option("--dry-run", is_flag=True, help="Show who would move, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--override", help="Set one check by hand: STUDENT/CELL/CHECK=POINTS.")
@click.option("--reason", default="", help="Why; kept with the override, and shown to the student.")
@click.option("--run-again", is_flag=True, help="Run every submission, whatever is known of it from before.")
@click.option("--jobs", "-j", default=0, type=click.IntRange(0), help="Workers; by default one for each core.")
@click.option("--gradebook", "url", help="SQLAlchemy URL of nbgrader's gradebook [default: the course's].")
@click.option("--json", "as_json", is_flag=True, help="Print who moves as JSON, and write without asking.")
@unsafe
@click.pass_obj
def regrade(
    project: Project,
    run: Path,
    dry_run: bool,
    yes: bool,
    override: str | None,
    reason: str,
    run_again: bool,
    jobs: int,
    url: str | None,
    as_json: bool,
    unsafe_no_sandbox: bool,
) -> int:
    """Grade RUN again by the tests as they are now; show who moves, by how much and through which check, then write.

    Scores and comments that were given by hand in formgrader stay. The results before are kept beside the new ones.
    A submission is run only where the tests ask something that its code was not asked before.

    \b
    Examples:
      autograder regrade build/runs/initialization --dry-run
      autograder regrade build/runs/initialization \\
        --override ada/initialize_parameters_he_hidden/weights=3.5 --reason "our test was wrong"
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.regrade import RegradeOrder, regrade_command  # noqa: PLC0415

    level = "none" if unsafe_no_sandbox else None
    order = RegradeOrder(
        run, jobs or os.cpu_count() or 1, url, override, reason, dry_run, yes, as_json, level, run_again
    )
    return regrade_command(project, order)


existing = click.Path(path_type=Path, exists=True)


@cli.command(context_settings=CONTEXT)
@click.argument("sources", nargs=-1, required=True, type=existing)
@click.option("--assignment", "-a", default="initialization", show_default=True, help="Which assignment.")
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path("submitted"), show_default=True)
@click.option("--roster", type=existing, help="CSV that says who is who; the platform's own list will do.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def collect(
    sources: tuple[Path, ...], assignment: str, target: Path, roster: Path | None, dry_run: bool, as_json: bool
) -> int:
    """Make nbgrader's tree of what a learning platform hands out: SOURCES are zips and folders, the earliest first.

    \b
    Examples:
      autograder collect submissions.zip --dry-run
      autograder collect first.zip second.zip --roster class.csv --to submitted
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.lms import collect_command  # noqa: PLC0415

    return collect_command(sources, assignment, target, roster, dry_run, as_json)


@cli.command(context_settings=CONTEXT)
@run_folder
@click.option("--to", required=True, type=click.Choice(["canvas", "moodle", "gradescope", "csv", "json"]))
@click.option(
    "--template", type=existing, help="The teacher's own file of the platform, of which one column is filled."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--column", help="Which column of the template, where the assignment's name does not say.")
@click.option("--submissions", type=existing, help="The collected tree, which knows who is who on the platform.")
@click.option("--roster", type=existing, help="CSV that says who is who, in place of --submissions.")
@click.option("--scale", is_flag=True, help="Convert to the maximum that the template counts to.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("--gradebook", "url", help="SQLAlchemy URL of nbgrader's gradebook [default: the course's].")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_obj
def export(
    project: Project,
    run: Path,
    to: str,
    template: Path | None,
    out: Path,
    column: str | None,
    submissions: Path | None,
    roster: Path | None,
    scale: bool,
    force: bool,
    url: str | None,
    as_json: bool,
) -> int:
    """Write the marks of RUN in the form that a learning platform takes. What has no mark stays blank.

    \b
    Examples:
      autograder export build/runs/initialization --to canvas --template gradebook.csv --out marks.csv
      autograder export build/runs/initialization --to csv --out marks.csv
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.lms import ExportOrder, export_command  # noqa: PLC0415

    order = ExportOrder(run, to, template, out, submissions, roster, column, scale, force, url, as_json)
    return export_command(project, order)


@cli.command("feedback-zip", context_settings=CONTEXT)
@run_folder
@click.option("--to", required=True, type=click.Choice(["canvas", "moodle"]))
@click.option("--submissions", required=True, type=existing, help="The collected tree, which knows who is who.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The zip to write.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def feedback_zip(run: Path, to: str, submissions: Path, out: Path, force: bool) -> int:
    """Pack the feedback pages of RUN under the names that a learning platform takes back.

    \b
    Examples:
      autograder feedback-zip build/runs/initialization --to moodle --submissions submitted --out feedback.zip
      autograder feedback-zip build/runs/initialization --to canvas --submissions submitted --out feedback.zip
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.lms import feedback_zip_command  # noqa: PLC0415

    return feedback_zip_command(run, to, out, submissions, force)


@cli.command("gradescope-zip", context_settings=CONTEXT)
@click.argument("assignment", default="initialization")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The zip to write.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@unsafe
@click.pass_obj
def gradescope_zip(project: Project, assignment: str, out: Path, force: bool, unsafe_no_sandbox: bool) -> None:
    """Make the autograder zip of ASSIGNMENT for Gradescope. It holds the hidden tests: upload it nowhere else.

    \b
    Examples:
      autograder gradescope-zip --out gradescope.zip
      autograder gradescope-zip initialization --out gradescope.zip --force
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder import program  # noqa: PLC0415
    from autograder.gradescope import gradescope_autograder_zip  # noqa: PLC0415

    found = program.current_release(project, assignment)
    path = gradescope_autograder_zip(project.root, found, out, unsafe_no_sandbox=unsafe_no_sandbox, force=force)
    click.echo(f"Wrote {path}")


@cli.command(context_settings=CONTEXT)
@click.option("--gradebook", "url", help="SQLAlchemy URL of nbgrader's gradebook [default: the course's].")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(project: Project, url: str | None, as_json: bool) -> int:
    """Look at all that grading needs on this machine, and say what to type where something is missing.

    \b
    Examples:
      autograder doctor
      autograder doctor --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.checkup import doctor_command  # noqa: PLC0415

    return doctor_command(project, url, as_json)


@cli.command(context_settings=CONTEXT)
@click.argument("assignment", default="initialization")
@click.option(
    "--boxes", type=click.IntRange(0), default=24, show_default=True, help="Answers to try in real boxes too."
)
@click.option("--json", "as_json", is_flag=True, help="Print the matrix as JSON.")
@unsafe
@click.pass_obj
def audit(project: Project, assignment: str, boxes: int, as_json: bool, unsafe_no_sandbox: bool) -> int:
    """Test the tests of ASSIGNMENT: every wrong answer must be refused, every right one accepted.

    \b
    Examples:
      autograder audit
      autograder audit initialization --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from autograder.commands.checkup import audit_command  # noqa: PLC0415

    return audit_command(project, assignment, boxes, "none" if unsafe_no_sandbox else None, as_json)


def relative(path: Path) -> str:
    """The path as one would type it here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


if __name__ == "__main__":
    main()
