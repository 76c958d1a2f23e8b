"""Our pages in a real browser: nothing runs, nothing is fetched, and everybody can read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.deliver.feedback import feedback_page, write_feedback
from autograder.deliver.report import class_report
from tests.deliver.browser import Page
from tests.deliver.class_in_code import RELEASE, a_class, notebook, plot_output, png
from tests.deliver.hostile import hostile, hostile_result
from tests.deliver.payloads import EVIL, PAYLOADS, RUN
from tests.deliver.test_feedback import SITUATIONS

pytestmark = pytest.mark.slow

SIZES = [(1280, "light"), (400, "light"), (1280, "dark")]


def assert_inert(seen):
    """No script ran, nothing was asked for, and no element is there that could do either."""
    assert seen["ran"] is None
    assert not seen["dialogs"]
    assert not seen["requests"]
    assert not seen["live"]
    assert not seen["handlers"]
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in seen["links"])


def test_the_browser_would_tell_if_a_script_ran(browser, tmp_path):
    """The alarm works: without escaping and policy a payload does run, and a request is seen."""
    page = tmp_path / "bad.html"
    page.write_text(f"<!DOCTYPE html><body>{PAYLOADS['image-error']}<img src='{EVIL}/x.png'>")
    (seen,) = browser.open(Page(page))
    assert seen["ran"] == 1
    assert any(request.startswith(EVIL) for request in seen["requests"])
    assert seen["handlers"]


def test_the_policy_stops_what_escaping_would_have_missed(browser, tmp_path):
    """There are two lines of defence: a live payload in our page still does nothing."""
    live = "".join(PAYLOADS[name] for name in ("script", "image-error", "svg", "iframe", "style"))
    page = tmp_path / "page.html"
    page.write_text(feedback_page(RELEASE, SITUATIONS["wrong"]).replace("</main>", f"{live}<img src={EVIL}/x></main>"))
    guarded, unguarded = browser.open(Page(page), Page(page, guarded=False))
    assert unguarded["ran"] == 1
    assert guarded["ran"] is None
    assert not [request for request in guarded["requests"] if request.startswith("http")]


def test_feedback_is_inert_whatever_the_student_wrote(browser, tmp_path):
    """Each payload stands in code, output, answer, message, notice, file name and student name, and does nothing."""
    pages = []
    for payload in PAYLOADS.values():
        data, work = hostile(payload)
        pages.append(Page(write_feedback(tmp_path, RELEASE, work, data, {"why_it_works": payload}), guarded=False))
    for seen in browser.open(*pages):
        assert_inert(seen)
        assert "1337" not in seen["text"]  # 7 * 191: no template was run


def test_the_report_is_inert_whatever_the_students_wrote(browser, tmp_path):
    """Names, messages, codes and titles are text in the report too."""
    page = tmp_path / "report.html"
    hostiles = [hostile_result(payload) for payload in PAYLOADS.values()]
    page.write_text(class_report(RELEASE, [*hostiles, *hostiles], names=True))
    (seen,) = browser.open(Page(page, guarded=False))
    assert_inert(seen)
    assert RUN in seen["text"]


def test_feedback_is_accessible_and_fits_the_screen(browser, tmp_path):
    """axe-core finds nothing in any situation, on a wide and on a narrow screen, light and dark."""
    data = notebook("def double(n):\n    return n**2", "Because.", ("plot()",), (plot_output(png("red", (900, 300))),))
    pages = []
    for name, work in SITUATIONS.items():
        named = replace(work, result=replace(work.result, student=name))
        path = write_feedback(tmp_path, RELEASE, named, data, {"double": "Have another look."})
        pages += [Page(path, width, scheme, guarded=False, axe=True) for width, scheme in SIZES]
    assert_readable(browser.open(*pages))


@pytest.mark.parametrize("students", [5, 60])
def test_the_report_is_accessible_and_fits_the_screen(browser, tmp_path, students):
    """The same holds for the report, of a small class and of a larger one."""
    path = tmp_path / "report.html"
    path.write_text(class_report(RELEASE, a_class(students), names=True, late={"Student 3"}))
    assert_readable(browser.open(*[Page(path, *size, guarded=False, axe=True) for size in SIZES]))


def assert_readable(pages):
    """axe-core looked, and found no violation; nothing has to be scrolled sideways."""
    for seen in pages:
        assert seen["rules"] > 10
        assert seen["violations"] == []
        assert seen["wider"] <= 0
