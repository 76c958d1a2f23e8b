"""A class of seven: marks of every kind, names of every kind."""

from __future__ import annotations

from autograder.records import CheckResult, ExerciseResult, ManualQuestion, Notice, Person, Result


def result(student: str, points: float = 0.0, status="graded", question: float | None = 2.0) -> Result:
    """Give a result of one exercise of ten points and one question of two."""
    checks = (
        CheckResult("shape", "Each matrix has the right shape.", "passed", min(points, 4), 4.0),
        CheckResult(
            "scale",
            "Weights are scaled.",
            "passed" if points == 10 else "failed",
            max(0.0, points - 4),
            6.0,
            "" if points == 10 else "he/xavier",
            "" if points == 10 else "The scale is \x1b[31mXavier's.",
        ),
    )
    graded = status == "graded"
    return Result(
        student,
        f"{student}.ipynb",
        "f" * 64,
        status,
        (ExerciseResult("he", checks, ("t1", "t2")),) if graded else (),
        (ManualQuestion("why", 2.0, question),),
        () if graded else (Notice(status, "The file is damaged."),),
        seconds=0.4,
        max_score=10.0,
    )


RESULTS = (
    result("ada", 10.0),
    result("jose", 7.125),
    result("niamh", 0.0, question=0.0),
    result("wei", 6.5, question=None),
    result("eve", status="unreadable"),
    result("sam", status="held"),
    result("gone", 5.0),
)

PEOPLE = (
    Person("ada", "Lovelace, Ada", (("canvas", "101"), ("participant", "657693"), ("email", "ada@example.org"))),
    Person("jose", "José Müller", (("canvas", "102"), ("participant", "657694"), ("email", "jose@example.org"))),
    Person("niamh", '=HYPERLINK("http://evil","x")', (("canvas", "103"), ("participant", "657695"))),
    Person("wei", "李 小龍", (("canvas", "104"), ("participant", "657696"))),
    Person("eve", "+Eve", (("canvas", "105"), ("participant", "657697"))),
    Person("sam", "Smith, Sam", (("canvas", "106"), ("participant", "657698"))),
)

CANVAS = (
    'Student,ID,SIS User ID,SIS Login ID,Section,Warm-up (11),"Initialization, part ""1"" (12)",'
    "Assignments Current Score,Final Score\r\n"
    ",,,,,Manual Posting,Manual Posting,,\r\n"
    "    Points Possible,,,,,5.00,12.00,(read only),(read only)\r\n"
    '"Lovelace, Ada",101,S1,ada,Lecture,4.00,,80.00,80.00\r\n'
    '"Müller, José",102,S2,jose,"Lecture and ""Lab""",5.00,"3.00",100.00,100.00\r\n'
    "=cmd|' /C calc'!A0,103,S3,niamh,Lecture,,-,,\r\n"
    "小龍 李,104,S4,wei,Lecture,N/A,,,\r\n"
    "+Eve,105,S5,eve,Lecture,1.00,,,\r\n"
    '"Smith, Sam",106,S6,sam,Lecture,,9.00,,\r\n'
    "Excused,107,S7,gone,Lecture,,EX,,\r\n"
    '"Student, Test",199,,,Lecture,,,,\r\n'
)

MOODLE = (
    "ID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung;Beste Bewertung;"
    "Bewertung kann geändert werden;Zuletzt geändert (Bewertung);Feedback als Kommentar\n"
    'Teilnehmer/in657693;Ada Lovelace;ada@example.org;Abgegeben;;12,00;Ja;-;"Sehr ""gut"""\n'
    "Teilnehmer/in657694;José Müller;jose@example.org;Abgegeben;3,00;12,00;Ja;-;\n"
    "Teilnehmer/in657695;@SUM(1);n@example.org;Abgegeben;;12,00;Ja;-;\n"
    "Teilnehmer/in657696;小龍 李;w@example.org;Abgegeben;;12,00;Ja;-;\n"
    "Teilnehmer/in657697;Eve;e@example.org;Abgegeben;;12,00;Ja;-;\n"
    "Teilnehmer/in657698;Sam Smith;s@example.org;Abgegeben;;12,00;Ja;-;"
)
