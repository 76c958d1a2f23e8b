"""The IPython shell in which cells run: made once in the zygote, and copied by every fork.

It differs from a notebook's kernel in what would cost time or leave the box: no history, no start-up files, no
rendering of figures unless asked, no terminal for `!cmd`, and `%autoreload` does nothing.
"""

# ruff: noqa: ARG002  what is overridden here keeps IPython's arguments
# IPython has few types:
# mypy: disable-error-code=no-untyped-call

from __future__ import annotations

import ast
import contextlib
import io
import subprocess
import sys
import types
from collections.abc import Sequence
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_magic, magics_class
from traitlets.config import Config

from . import figures

_ONLY_PARSE = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

CELL = "<cell "
"""How the file names of compiled cells begin."""


_WARM = (
    "%load_ext autoreload\n%autoreload 2\n%matplotlib inline",
    "import numpy as np\nimport matplotlib.pyplot as plt\nx = 1\nx",
    "def f(x):\n    return np.zeros((x, 2))\nprint(f(2))",
    "plt.plot([1, 2]); plt.title('x'); plt.ylabel('y'); plt.show()",
    "1/0",
    "(",
)
"""Cells that the zygote runs, so that what they need is there in every box."""


class Shell(InteractiveShell):
    """A notebook's shell without a front end."""

    _plain_ways: list[int] | None = None
    _known: dict[str, str]
    _trees: dict[str, ast.AST]

    def transform_cell(self, raw_cell: str) -> str:
        """The cell as plain Python. One that is so already is left alone: IPython would look at it ten times."""
        if self._plain_ways != self._ways() or raw_cell.lstrip().startswith("In ["):
            return str(super().transform_cell(raw_cell))
        if raw_cell in self._known:
            return self._known[raw_cell]
        try:
            tree = compile(raw_cell, "<plain>", "exec", _ONLY_PARSE)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return str(super().transform_cell(raw_cell))
        plain = raw_cell if raw_cell.endswith("\n") else f"{raw_cell}\n"
        self._trees[plain] = tree
        return plain

    def should_run_async(self, raw_cell: str, **options: Any) -> bool:
        """Whether a cell awaits something; one without that word is not compiled to find out."""
        transformed = options.get("transformed_cell")
        if transformed is not None and "await" not in transformed and "async" not in transformed:
            return False
        return bool(super().should_run_async(raw_cell, **options))

    def parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """The tree of a cell, taken from `transform_cell` if that has parsed it, and no `from __future__` was met."""
        tree = self._trees.pop(source, None)
        if tree is not None and symbol == "exec" and self.compile.flags == self._flags:
            return tree
        return self._parse(source, filename, symbol)

    def ready(self, given: Sequence[str]) -> None:
        """No student has touched the transformers yet: while they stay so, plain cells need none of them.

        The cells of the release that students cannot change are transformed and parsed here, once for every box.
        """
        self._known, self._trees = {}, {}
        self._flags, self._parse = self.compile.flags, self.compile.ast_parse
        self.compile.ast_parse = self.parse  # type: ignore[method-assign]  # the shell's own compiler
        self._plain_ways = self._ways()
        for source in given:
            with contextlib.suppress(SyntaxError):
                text = str(super().transform_cell(source))
                self._known[source], self._trees[text] = text, compile(text, "<given>", "exec", _ONLY_PARSE)

    def _ways(self) -> list[int]:
        """The transformers that a cell passes; a student may add some."""
        manager = self.input_transformer_manager
        first, then = manager.cleanup_transforms, manager.line_transforms
        return [id(way) for way in (*first, *then, *manager.token_transformers, *self.input_transformers_post)]

    def system(self, cmd: str) -> None:
        """Run `!cmd` and print what it prints."""
        done = subprocess.run(  # noqa: S602  a shell line is what `!` is for
            self.var_expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        sys.stdout.write(done.stdout.decode("utf-8", "replace"))
        self.user_ns["_exit_code"] = done.returncode

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Say what was raised in one line: the full traceback takes 30 ms to draw, and nobody sees it here."""
        kind, error = sys.exc_info()[:2]
        if kind is not None:
            sys.stderr.write(f"{kind.__name__}: {error}\n")

    def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
        """Say what could not be compiled in one line."""
        self.showtraceback()

    def showindentationerror(self) -> None:
        """Say what could not be compiled in one line."""
        self.showtraceback()

    def _format_exception_for_storage(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Keep nothing: IPython 9 would draw the traceback for its history."""
        return {}

    def ask_exit(self) -> None:
        """Do nothing on `exit`: the cells after it still count."""

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no screen."""


@magics_class
class Quiet(Magics):
    """Magics that do nothing in the box, or as little as a mark needs."""

    @line_magic
    def matplotlib(self, line: str) -> None:
        """Keep the backend: figures are drawn into memory whatever is asked for."""

    @line_magic
    def autoreload(self, line: str) -> None:
        """Do nothing: no file changes while a submission runs."""

    @line_magic
    def aimport(self, line: str) -> None:
        """Do nothing, as `autoreload`."""


def build(private_folder: str) -> Shell:
    """Make the shell, and run its ways once so that the forks find them warm."""
    config = Config()
    config.HistoryManager.enabled = False  # before the shell is made: history starts a thread
    config.InteractiveShell.ast_node_interactivity = "last_expr"
    config.InteractiveShell.colors = "NoColor"
    config.ProfileDir.startup_dir = "startup"
    main = types.ModuleType("__main__")
    shell = Shell.instance(config=config, ipython_dir=private_folder, user_module=main, user_ns=main.__dict__)
    shell.compile.get_code_name = _cell_name  # type: ignore[method-assign]
    shell.register_magics(Quiet)
    _stub_autoreload()
    figures.install(shell)
    return shell


def _cell_name(raw_code: str, transformed_code: str, number: int) -> str:  # noqa: ARG001  IPython's arguments
    """The file name of a cell in tracebacks."""
    return f"{CELL}{number}>"


def warm(shell: Shell, given: Sequence[str] = ()) -> None:
    """Run what most notebooks run, and make ready for the cells that every notebook of this release holds."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for source in _WARM:
            shell.run_cell(source, store_history=True)
    shell.reset(new_session=True)
    shell.user_ns.update(__spec__=None, __package__=None)  # `reset` took them; a spawned process asks for them
    shell.extension_manager.loaded.discard("autoreload")  # type: ignore[union-attr]  # it was made with the shell
    shell.ready(given)
    shell.execution_count = 1


def _stub_autoreload() -> None:
    """`%load_ext autoreload` finds this: the real one looks at every module before every cell."""
    stub = types.ModuleType("autoreload")
    stub.load_ipython_extension = lambda _: None  # type: ignore[attr-defined]  # modules take any attribute
    sys.modules["autoreload"] = sys.modules["IPython.extensions.autoreload"] = stub
