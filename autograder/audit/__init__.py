"""Audit: are the tests themselves good? Every wrong answer must be refused, every right one accepted."""

from autograder.audit.render import render, report_to_json
from autograder.audit.report import AuditReport
from autograder.audit.verb import audit

__all__ = ["AuditReport", "audit", "render", "report_to_json"]
