"""The marks with which tests name clauses: `@pytest.mark.clause("RFC9000-5.1.1-13")`.

They are read from the source, without running it, so that the coverage table needs no test run. That a test
with a mark does execute code that names the same clause is measured when it runs, by the plugin in `tests`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MARK = "clause"


class UnreadableMark(ValueError):
    """A mark, or a file of tests, that cannot be read without running it; says which file and line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A test (`folder/test_file.py::test_name`), the clauses it names, and why it does not count, if so.

    `because` is the reason why none of their code runs in it; `skipped` that the test may not run at all.
    """

    test: str
    clauses: tuple[str, ...]
    because: str = ""
    skipped: bool = False

    @property
    def is_measured(self) -> bool:
        """The test runs, and runs code that names its clauses: only then it counts as coverage."""
        return not self.because and not self.skipped


def marks(folder: Path) -> Iterator[Mark]:
    """Yield the marks of every test below a folder, file by file.

    Raises
    ------
    UnreadableMark
        If a mark is given anything but strings, or a file is no Python; the message names file and line.
    """
    for path in sorted(folder.rglob("test_*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError as error:
            raise UnreadableMark(f"{path}: line {error.lineno}: {error.msg}") from None
        shown = path.relative_to(folder).as_posix()
        for name, test in _tests(tree.body, shown):
            for found in test.decorator_list:
                if isinstance(found, ast.Call) and _is_mark(found.func):
                    yield replace(_read(found, name, path), skipped=_is_skipped(test))


def _tests(body: list[ast.stmt], inside: str) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """The tests and classes of tests of a module or class, by the names that pytest gives them."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test"):
            yield f"{inside}::{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, f"{inside}::{node.name}")


def _is_skipped(test: ast.FunctionDef | ast.ClassDef) -> bool:
    marks = ("pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail")
    return any(ast.unparse(one).startswith(marks) for one in test.decorator_list)


def _is_mark(node: ast.expr) -> bool:
    return ast.unparse(node) == f"pytest.mark.{MARK}"


def _read(call: ast.Call, test: str, path: Path) -> Mark:
    try:
        clauses = tuple(ast.literal_eval(argument) for argument in call.args)
        because = "".join(ast.literal_eval(word.value) for word in call.keywords if word.arg == "because")
        if not clauses or not all(isinstance(clause, str) for clause in clauses):
            raise ValueError("no clause ids")
    except ValueError:
        line = f"{path}: line {call.lineno}"
        raise UnreadableMark(f"{line}: a clause mark is given ids as strings and nothing else") from None
    return Mark(test, clauses, because)
