"""The documents build with no warning, every clause and reading has its place, and no link leads nowhere."""

from __future__ import annotations

import fcntl
import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from pathproof.conformance.cli.explore.inventory import command
from pathproof.conformance.coverage import Citation, citations, rows
from pathproof.model import bounds, machines
from pathproof.spec import clauses, readings, wire_image
from pathproof.spec.clauses import Clause

HOUSE = Path(__file__).parents[1]
TESTS = HOUSE / "tests"
PLACES = {
    "action": "machines/{machine}.html#action-{name}",
    "invariant": "machines/{machine}.html#claim-{name}",
    "witness": "machines/{machine}.html#claim-{name}",
    "proof": "machines/{machine}.html#claim-{name}",
    "mutant": "machines/{machine}.html#mutant-{name}",
    "trace rule": "judge.html#trace-rule-{name}",
}
"""Where the page of a clause has to lead for what names it; tests are there by name."""


@dataclass(frozen=True)
class Site:
    """The text of every page by its path, and the paths of all files."""

    pages: dict[str, str] = field(repr=False)
    files: frozenset[str] = field(repr=False)

    @cached_property
    def anchors(self) -> dict[str, set[str]]:
        """What a link may point to on each page."""
        return {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in self.pages.items()}

    def changed(self, path: str, old: str, new: str) -> Site:
        """The site with one text of one page replaced wherever it stands."""
        assert old in self.pages[path]
        return replace(self, pages={**self.pages, path: self.pages[path].replace(old, new)})


def build(into: Path) -> None:
    """Build a copy of the documents as `make docs` does, so that two builds never share a folder."""
    source = into / "source"
    shutil.copytree(HOUSE / "docs", source, ignore=shutil.ignore_patterns("generated", "__pycache__"))
    options = ["-q", "-W", "-n", "-b", "html", "-D", f"pathproof_tests={TESTS}"]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(into / "unfinished")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    (into / "unfinished").rename(into / "html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The built pages; where tests run on several cores, the first worker builds and the others wait."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "docs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "docs" / "html").exists():
            shutil.rmtree(folder / "docs", ignore_errors=True)
            build(folder / "docs")
    return read(folder / "docs" / "html")


def read(folder: Path) -> Site:
    """Every page of a built site."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    return Site(pages, frozenset(path.relative_to(folder).as_posix() for path in files))


def page_of(clause: Clause) -> str:
    """The page of the section that a clause is in."""
    return f"generated/{clause.document.lower()}/{clause.section}.html"


def part_of(site: Site, clause: Clause) -> str:
    """What the page of its section says of one clause, up to the next."""
    _, _, rest = site.pages[page_of(clause)].partition(f' id="{clause.id}"')
    return re.split(r'<dl class="std clause">|</article>', rest)[0]


def without_place(site: Site) -> list[str]:
    """Clauses and readings that have no anchor on their page."""
    lost = [
        clause.id
        for clause in clauses.load().values()
        if not {clause.id, f"clause-{clause.id}"} <= site.anchors.get(page_of(clause), set())
    ]
    for name in readings.load():
        if f"reading-{name.replace('_', '-')}" not in site.anchors.get(f"generated/readings/{name}.html", ()):
            lost.append(name)
    return lost


def place_of(citation: Citation) -> str:
    """What has to stand on the page of a clause for one thing that names it."""
    if citation.kind == "reading":
        return f'readings/{citation.name}.html#reading-{citation.name.replace("_", "-")}"'
    if citation.kind == "wire check":
        item = citation.name.partition(":")[0].lower().replace("_", "-")
        return f'wire_image.html#wire-{item}"'
    if citation.kind in PLACES:
        machine = citation.name.partition(".")[0]
        return PLACES[citation.kind].format(machine=machine, name=citation.name) + '"'
    return citation.name.rpartition("::")[2]


def unnamed(site: Site, named: list[Citation]) -> Iterator[tuple[str, str]]:
    """Clauses whose page lacks the link to their reading, to something that names them, or the reason."""
    parts = {clause.id: part_of(site, clause) for clause in clauses.load().values()}
    texts = {name: html.unescape(re.sub(r"<[^>]+>", "", part)) for name, part in parts.items()}
    for citation in named:
        for clause in citation.clauses:
            if place_of(citation) not in parts[clause] + texts[clause]:
                yield clause, citation.name
    for row in rows(named):
        wanted = row.clause.reading
        if wanted in readings.load() and f"readings/{wanted}.html" not in parts[row.clause.id]:
            yield row.clause.id, str(wanted)
        if row.reason and row.reason not in texts[row.clause.id]:
            yield row.clause.id, row.reason


def unlisted(site: Site, named: list[Citation]) -> list[str]:
    """Uncovered clauses that the page of the uncovered does not link to."""
    text = site.pages["generated/uncovered.html"]
    return [
        row.clause.id for row in rows(named) if not row.is_covered and f'#clause-{row.clause.id}"' not in text
    ]


def undrawn(site: Site) -> list[str]:
    """Items of the wire image without a drawing that names each field in its order, or without a table."""
    text = site.pages["generated/wire_image.html"].replace('</span><wbr><span class="pre">', "")
    drawings = dict(re.findall(r'<svg[^>]*aria-label="(\w+): [^>]*>(.*?)</svg>', text))
    lost = []
    for item in wire_image.load().values():
        shown = re.sub(r"<[^>]+>", "", drawings.get(item.name, ""))
        order = ".*".join(re.escape(field.name) for field in item.fields)
        cells = all(f'<span class="pre">{field.name}</span>' in text for field in item.fields)
        if not cells or (item.fields and not re.search(order, shown)):
            lost.append(item.name)
    return lost


def without_failure(site: Site) -> list[str]:
    """Commands that show a failure and are not on the page of the findings and of each reading they name."""
    texts = {
        path: html.unescape(re.sub(r"<[^>]+>", "", text))
        for path, text in site.pages.items()
        if path.startswith(("generated/findings", "generated/readings/"))
    }
    lost = []
    for machine in map(machines.find, machines.NAMES):
        for claim, settings in bounds.bounds(machine.name).failures:
            shown = command(machine, claim, settings)
            pages = [f"generated/readings/{name}.html" for name in settings if name in readings.load()]
            if any(shown not in texts[page] for page in ("generated/findings.html", *pages)):
                lost.append(shown)
    return lost


def broken(site: Site) -> list[tuple[str, str]]:
    """Links within the site whose file or anchor does not exist, by the page that they are on."""
    lost = []
    for path, text in site.pages.items():
        for link in set(re.findall(r'\b(?:href|src)="([^"]*)"', text)):
            target, anchor = urldefrag(html.unescape(link))
            if re.match(r"[a-z]+:", target) or link == "#":
                continue
            file = os.path.normpath(Path(path).parent / unquote(target.partition("?")[0])) if target else path
            if file not in site.files or (anchor and unquote(anchor) not in site.anchors.get(file, {anchor})):
                lost.append((path, link))
    return lost


@pytest.fixture(scope="module")
def named() -> list[Citation]:
    """Everything in the code that names a clause, tests among it."""
    return list(citations(TESTS))


def test_the_build_is_strict() -> None:
    """`make docs` treats a warning as an error, and a link to nothing as a warning."""
    line = next(line for line in (HOUSE / "Makefile").read_text("utf-8").splitlines() if "-m sphinx" in line)
    assert " -W " in line and " -n " in line


def test_every_clause_and_reading_has_a_place(site: Site) -> None:
    """Each has an anchor on its page, and each error code one on theirs."""
    assert without_place(site) == []
    codes = site.anchors["generated/error_codes.html"]
    assert {f"error-{name.lower().replace('_', '-')}" for name in wire_image.errors()} <= codes


def test_clauses_lead_to_what_names_them(site: Site, named: list[Citation]) -> None:
    """A clause shows its readings and all that names it, or the reason why nothing covers it."""
    assert list(unnamed(site, named)) == []


def test_the_uncovered_are_listed(site: Site, named: list[Citation]) -> None:
    """One page leads to every clause that nothing covers."""
    assert unlisted(site, named) == []


def test_failures_are_shown_where_they_belong(site: Site) -> None:
    """Each stands among the findings, and on the page of every reading that its command names."""
    assert without_failure(site) == []


def test_wire_items_are_drawn(site: Site) -> None:
    """Each item has a drawing and a table with all its fields."""
    assert undrawn(site) == []


def test_no_link_is_broken(site: Site) -> None:
    """Each link within the site leads to a file, and each anchor in it exists."""
    assert broken(site) == []
    assert sum(text.count("href=") for text in site.pages.values()) > 10_000


CLAUSE = "RFC9000-9.3.3-02"
PAGE = "generated/rfc9000/9.3.3.html"
BROKEN: list[tuple[str, str, str, Callable[[Site, list[Citation]], object]]] = [
    (PAGE, f'id="{CLAUSE}"', 'id="elsewhere"', lambda site, _: without_place(site) == [CLAUSE]),
    (
        PAGE,
        "readings/apparent_migration.html#",
        "readings/excess.html#",
        lambda site, named: (CLAUSE, "apparent_migration") in unnamed(site, named),
    ),
    (
        "generated/rfc9000/5.1.1.html",
        "#action-cid_supply.issue",
        "#action-cid_supply.retire",
        lambda site, named: ("RFC9000-5.1.1-06", "cid_supply.issue") in unnamed(site, named),
    ),
    (
        "generated/wire_image.html",
        ">retire_prior_to</text>",
        "></text>",
        lambda site, _: undrawn(site) == ["NEW_CONNECTION_ID"],
    ),
    (
        "generated/readings/server_migration.html",
        "--claim",
        "--other",
        lambda site, _: any("a_copied_connection_comes_back" in one for one in without_failure(site)),
    ),
    (PAGE, f'href="#{CLAUSE}"', 'href="#gone"', lambda site, _: broken(site) == [(PAGE, "#gone")]),
    (
        PAGE,
        'href="../coverage.html"',
        'href="gone.html"',
        lambda site, _: broken(site) == [(PAGE, "gone.html")],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "notices"), BROKEN)
def test_what_is_broken_is_noticed(
    site: Site,
    named: list[Citation],
    path: str,
    old: str,
    new: str,
    notices: Callable[[Site, list[Citation]], object],
) -> None:
    """Each check fails on a page from which the one thing is gone that it looks for."""
    assert notices(site.changed(path, old, new), named)


def test_an_uncovered_clause_that_is_not_listed_is_noticed(site: Site, named: list[Citation]) -> None:
    """The check of that page fails where one clause is gone from it."""
    lost = next(row.clause.id for row in rows(named) if not row.is_covered)
    changed = site.changed("generated/uncovered.html", f'#clause-{lost}"', '#elsewhere"')
    assert unlisted(changed, named) == [lost]
