"""What the pages of the docs show: commands that exist, outputs that come out so, and examples that run.

In a block, `$` begins a command that was run, in 100 columns, and what follows is its output. `[…]` stands
for what is left out, and `[exit status 1]` for a status that is not 0. All else is compared to the letter,
but for blank lines and white space at the end of a line.
"""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from pathproof.conformance.cli.main import main, pathproof

HOUSE = Path(__file__).parents[3]
DOCS = HOUSE / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.rst") if "generated" not in page.relative_to(DOCS).parts)
GAP = "[…]"
FILES = re.compile(r"FILE(\.\.\.)?")
PLACEHOLDERS = re.compile(r"…|\b(MACHINE|NAME)\b|^pathproof explore$")


def name_of(page: Path) -> str:
    """A page as it is shown in the list of tests."""
    return page.relative_to(DOCS).as_posix()


def blocks(text: str) -> list[str]:
    """The literal blocks of a page, without their indentation."""
    found = re.findall(r"::\n\n((?:(?: +[^\n]*)?\n)+)", text)
    return [textwrap.dedent(block) for block in found]


def named(text: str) -> list[str]:
    """Every command of `pathproof` on a page, in blocks and in running text.

    >>> named("Run::\\n\\n   $ pathproof check a\\n   b\\n\\nor ``pathproof verify``.")
    ['pathproof check a', 'pathproof verify']
    """
    lines = "\n".join(blocks(text)).replace("\\\n", " ").splitlines()
    shown = [re.sub(r"^(\$ )?(\.venv/bin/)?", "", line) for line in lines]
    shown += re.findall(r"``(pathproof [a-z][^`]*)``", text)
    return [line for line in shown if line.startswith("pathproof ") and not PLACEHOLDERS.search(line)]


NAMED = [
    pytest.param(one, id=f"{name_of(page)}: {one}")
    for page in PAGES
    for one in named(page.read_text("utf-8"))
]


@pytest.mark.parametrize("command", NAMED)
def test_commands_of_the_docs_are_commands(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each parses, down to the last command and with each of its options."""
    monkeypatch.chdir(tmp_path)
    Path("search.ckpt").touch()
    _, *words = shlex.split(FILES.sub(__file__, command))
    found: click.Command = pathproof
    while isinstance(found, click.Group):
        found = found.commands[words.pop(0)]
    made: Any = found.make_context(found.name, words)
    assert made.command is found


@dataclass(frozen=True)
class Shown:
    """A command and the lines that a page shows of its output."""

    command: str
    lines: tuple[str, ...]

    @property
    def status(self) -> int:
        """The exit status that is shown, or 0 where there is none."""
        found = [re.fullmatch(r"\[exit status (\d+)\]", line) for line in self.lines]
        return next((int(one[1]) for one in found if one), 0)

    def chunks(self) -> list[list[str]]:
        """What stands between the gaps, line by line."""
        made: list[list[str]] = [[]]
        for line in self.lines:
            if line == GAP:
                made.append([])
            elif line and not line.startswith("[exit status"):
                made[-1].append(line)
        return made


def transcripts(text: str) -> list[Shown]:
    """Every command of a page that is shown with what came of it.

    >>> transcripts("So::\\n\\n   $ ls\\n   a\\n   […]\\n   $ cd\\n")
    [Shown(command='ls', lines=('a', '[…]')), Shown(command='cd', lines=())]
    """
    made = []
    for block in blocks(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.replace("\\\n", " ").splitlines()
            made.append(Shown(command, tuple(line.rstrip() for line in lines)))
    return made


def missing(shown: Shown, output: str) -> list[str]:
    """The first part that is shown and that the output does not have there.

    >>> one = Shown("ls", ("a", GAP, "c", "d"))
    >>> missing(one, "a\\nb\\nc\\nd"), missing(one, "a\\nb\\nc\\nd\\ne"), missing(one, "b\\nc\\nd")
    ([], ['c', 'd'], ['a'])
    """
    told = [line.rstrip() for line in output.splitlines() if line.strip()]
    parts, at = shown.chunks(), 0
    for number, part in enumerate(parts):
        starts = range(at, len(told) - len(part) + 1)
        if number == 0:
            starts = starts[:1]
        if number == len(parts) - 1:
            starts = range(max(at, len(told) - len(part)), len(told) + 1) if part or number == 0 else starts
        found = next((start for start in starts if told[start : start + len(part)] == part), None)
        if found is None or (number == 0 and len(parts) == 1 and len(told) != len(part)):
            return part
        at = found + len(part)
    return []


def run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status and output: of `pathproof` within this process, and of others in a shell."""
    words = shlex.split(command.removeprefix(".venv/bin/"))
    if words[0] != "pathproof":
        done = subprocess.run(command, shell=True, check=False, capture_output=True, text=True)
        return done.returncode, done.stdout
    with pytest.raises(SystemExit) as ended:
        main(words[1:])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


SHOWN = [
    pytest.param(told, id=name_of(page)) for page in PAGES if (told := transcripts(page.read_text("utf-8")))
]


@pytest.mark.parametrize("told", SHOWN)
def test_outputs_of_the_docs_come_out(
    told: list[Shown], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of a page, one after the other in a new folder, say what the page shows."""
    (tmp_path / "conformance").symlink_to(HOUSE / "conformance")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for one in told:
        status, output = run(one.command, capsys)
        assert status == one.status, one.command
        assert missing(one, output) == [], one.command


EXAMPLES = [page for page in PAGES if ">>>" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", EXAMPLES, ids=name_of)
def test_examples_of_the_docs_run(page: Path) -> None:
    """Python on a page says what the page shows."""
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


def test_some_pages_show_something() -> None:
    """The tests above are about something, and a wrong figure or a line left out unsaid is noticed."""
    assert len(NAMED) > 30 and len(SHOWN) > 3 and len(EXAMPLES) > 3
    one = Shown("count", ("states 5", GAP, "all hold"))
    assert missing(one, "states 5\nsome\nall hold") == []
    assert missing(one, "states 6\nsome\nall hold") == ["states 5"]
    assert missing(Shown("count", ("all hold",)), "states 5\nall hold") == ["all hold"]
