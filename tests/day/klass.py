"""A class of sixty: who they are, what each of them wrote, and what that is worth by the rules of marking.

The answers come from the assignment's bank. What each loses is written here by hand, from the rules, and not computed
by the tests that the day is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Letters = str
"""Checks that an answer fails: s(hapes), a(rrays), b(iases), w(eights)."""

PUBLIC = {"s": 0.5, "a": 0.5, "b": 0.5, "w": 2.5}
HIDDEN = {"s": 1.0, "a": 0.5, "b": 1.0, "w": 3.5}
CHANGED = {"s": 1.5, "a": 0.5, "b": 1.0, "w": 3.0}
"""What the checks are worth; the hidden ones before and after the instructor has changed them."""

FAILS: dict[str, tuple[Letters, Letters]] = {
    # the public tests' checks, and the hidden ones'
    "at most three layers": ("", "sabw"),
    "right for the lists of the public tests only": ("", "w"),
    "one layer is not a network": ("", "sabw"),
    "right for three layers": ("", "w"),
    "the first layer only": ("w", "w"),
    "flat bias": ("s", "s"),
    "bias as a row": ("s", "s"),
    "biases of one": ("b", "b"),
    "tiny biases": ("b", "b"),
    "no biases": ("sab", "sab"),
    "small w in the key": ("saw", "saw"),
    "float32": ("a", "a"),
    "nested lists": ("a", "a"),
    "zeros of whole numbers": ("a", "a"),
    "shape reversed": ("sw", "sw"),
    "sorted sizes": ("sw", "sw"),
    "pop from the list": ("w", "w"),
    "return inside the loop": ("sabw", "sabw"),
    "the loop stops early": ("sabw", "sabw"),
    "no return": ("sabw", "sabw"),
    "two things returned": ("sabw", "sabw"),
    "a name misspelt": ("sabw", "sabw"),
    "the placeholder": ("sabw", "sabw"),
    "does not compile": ("sabw", "sabw"),
    "random biases": ("bw", "bw"),  # the biases take draws away from the weights that follow
    **dict.fromkeys(
        (
            *("ones", "no seed", "seed in the loop", "seed 42", "new generator", "drawn transposed", "no factor"),
            *("He's factor", "no root", "Xavier's factor", "the layer's own size", "2 // m"),
        ),
        ("w", "w"),
    ),
}
"""Every other answer of the class is right."""

RIGHT = (
    "comprehension", "while loop", "zip", "L counted with the input", "loop from 0", "biases first", "views",
    "np.full for the biases", "biases with a factor", "keys that are np.str_", "prints and asserts", "star arguments",
    "leftovers of a template", "indented def", "another dictionary type", "a lambda", "pops from a copy", "sizes as an array", "Fortran order", "warnings on the way", "update and setdefault", "match",
)  # fmt: skip
"""Ways of writing a right answer, which the class takes in turn."""

Odd = Literal["", "unreadable", "report", "nothing", "no metadata", "no tests", "shouting"]
"""What else there is to a student: a broken file, a PDF, nothing; metadata or test cells lost; hostile output."""


@dataclass(frozen=True)
class Student:
    """One of the class. `wrong` are the answers to the three exercises; "" for a right one."""

    number: int
    login: str
    first: str
    last: str
    wrong: tuple[str, str, str] = ("", "", "")
    odd: Odd = ""

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.first} {self.last}"

    @property
    def sortable(self) -> str:
        """The name with the last one first."""
        return f"{self.last}, {self.first}"

    @property
    def email(self) -> str:
        """The address, which is what Moodle calls a person by."""
        return f"{self.login}@example.org"

    @property
    def sid(self) -> str:
        """The student's number."""
        return f"S{self.number:04d}"

    @property
    def canvas(self) -> str:
        """Canvas's number of the user."""
        return str(1000 + self.number)

    @property
    def participant(self) -> str:
        """Moodle's number of the participant."""
        return str(657000 + self.number)

    @property
    def points(self) -> float:
        """What the answers are worth."""
        return sum(10 - lost(*fails(one), HIDDEN) for one in self.wrong)

    @property
    def points_afterwards(self) -> float:
        """What they are worth when the hidden checks have been changed."""
        return sum(10 - lost(*fails(one), CHANGED) for one in self.wrong)


def fails(answer: str) -> tuple[Letters, Letters]:
    """Say which checks an answer fails."""
    return FAILS[answer] if answer else ("", "")


def lost(public: Letters, hidden: Letters, worth: dict[str, float]) -> float:
    """Add up what these checks are worth."""
    return sum(PUBLIC[one] for one in public) + sum(worth[one] for one in hidden)


NAMES = """
ada|Ada|Lovelace
jose|José|Müller
niamh|Niamh|O'Brien
xiaolong|小龍|李
zoe|Zoë|van den Berg
anh|Thị Ánh|Nguyễn
emile|Émile|Okonkwo
grace|Grace|Hopper
kwame|Kwame|Mensah
mei|Mei|Lin
noor|Noor|Haddad
oskar|Oskar|Lindqvist
priya|Priya|Raman
tomas|Tomás|Ibarra
ulla|Ulla|Jokinen
wen|Wen|Zhao
yusuf|Yusuf|Demir
alan|Alan|Turing
emmy|Emmy|Noether
sofia|Sofia|Kowalewskaja
srinivasa|Srinivasa|Ramanujan
carl|Carl Friedrich|Gauß
sophie|Sophie|Germain
leonhard|Leonhard|Euler
maryam|Maryam|Mirzakhani
paul|Paul|Erdős
john|John|Smith
john2|John|Smith
kim1|Min-jun|Kim
kim2|Seo-yeon|Kim
olga|Ольга|Ладыженская
fatima|فاطمة|الزهراء
dov|דב|כהן
aoi|葵|佐藤
björk|Björk|Guðmundsdóttir
li.na|Na|Li
a+b|Ann|Plus
del|Robert'); DROP TABLE grade;--|Tables
=sum|=1+1|Equals
+plus|Eve|+cmd
-minus|Min|-1+1|cmd
@home|At|@SUM(A1:A9)
tab|\tTab|Ulator
return|Carry|\rReturn
wide|Wide|＝1+1
link|=HYPERLINK("http://evil.example","x")|Link
script|<script>window.ran=1</script>|Tagg
bidi|Bi\u202eid|Direction
escape|\x1b[31mRed|Escape
pipe|Pip|Pipe|Line
nina|Nina|Simone
omar|Omar|Khayyam
rosa|Rosa|Parks
sam|Sam|Smith
tess|Tess|Long-Double Barrelled-Surname
uma|Uma|Devi
vera|Vera|Rubin
will|Will|O’Neil
xena|Xena|Öz
zed|Zed|Zimmermann
"""
"""Login, first and last name."""

ANSWERS: dict[str, tuple[str, str, str]] = {
    "jose": ("", "", "no root"),
    "niamh": ("", "seed in the loop", "seed in the loop"),
    "xiaolong": ("", "", "Xavier's factor"),
    "zoe": ("shape reversed", "", ""),
    "anh": ("", "no factor", "Xavier's factor"),
    "kwame": ("", "", "no root"),
    "mei": ("biases of one", "random biases", "random biases"),
    "noor": ("", "no seed", ""),
    "oskar": ("", "", "the layer's own size"),
    "priya": ("", "", "the placeholder"),
    "tomas": ("", "does not compile", ""),
    "ulla": ("", "", "no factor"),
    "wen": ("the placeholder", "the placeholder", "the placeholder"),
    "yusuf": ("flat bias", "flat bias", "flat bias"),
    "sofia": ("ones", "", ""),
    "srinivasa": ("", "", "right for three layers"),
    "carl": ("", "seed 42", ""),
    "sophie": ("", "", "at most three layers"),
    "paul": ("", "", "float32"),
    "john2": ("", "", "2 // m"),
    "kim1": ("no biases", "", ""),
    "kim2": ("small w in the key", "", ""),
    "olga": ("", "nested lists", ""),
    "fatima": ("", "He's factor", ""),
    "dov": ("", "sorted sizes", ""),
    "aoi": ("bias as a row", "", ""),
    "a+b": ("return inside the loop", "", ""),
    "del": ("", "two things returned", ""),
    "=sum": ("", "", "no root"),
    "+plus": ("", "pop from the list", ""),
    "-minus": ("", "", "one layer is not a network"),
    "@home": ("tiny biases", "", ""),
    "tab": ("the loop stops early", "", ""),
    "return": ("", "", "no return"),
    "wide": ("", "new generator", ""),
    "link": ("the first layer only", "", "Xavier's factor"),
    "script": ("", "drawn transposed", ""),
    "bidi": ("", "", "right for the lists of the public tests only"),
    "nina": ("", "a name misspelt", ""),
    "tess": ("zeros of whole numbers", "", ""),
}
ODD: dict[str, Odd] = {
    "sam": "unreadable",
    "vera": "report",
    "zed": "nothing",
    "emmy": "no metadata",
    "maryam": "no tests",
    "escape": "shouting",
}
LATE = ("grace", "jose", "tab", "-minus")
"""Who handed in a day and a half late."""

AGAIN = ("ada", "kwame", "wide", "björk", "=sum")
"""Who handed in an untouched notebook first."""

RENAMED = {"alan": "Initialization (1).ipynb", "leonhard": "initialization-2.ipynb", "kim1": "initialization copy.ipynb",
           "will": "initialization.ipynb.txt", "a+b": "INITIALIZATION.ipynb"}  # fmt: skip
"""What downloads and browsers made of the file's name."""

BY_HAND = {"ada": 5.0, "wen": 2.5}
"""What the instructor gives for the text answer."""


def students() -> tuple[Student, ...]:
    """Give the class."""
    found = []
    for number, line in enumerate(NAMES.strip("\n").split("\n"), 1):
        login, first, last = line.split("|", 2)
        found.append(Student(number, login, first, last, ANSWERS.get(login, ("", "", "")), ODD.get(login, "")))
    return tuple(found)


CLASS = students()
