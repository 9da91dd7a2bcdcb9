"""`pathproof spec audit`: the records against the user's own copy of a document."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.spec import documents, rfc_copy
from pathproof.spec.audit import Place, SectionAudit
from pathproof.spec.audit import audit as audit_copy
from pathproof.spec.clause_record import Aside, Level
from pathproof.spec.clauses import load
from pathproof.spec.fingerprint import fingerprint
from pathproof.spec.records import Unknown

LONGEST = 400
"""Characters of a missing sentence that are shown."""
WIDE = 158
"""The width from which every level has a column of its own."""
_NOT_NORMATIVE = tuple(kind for kind in Aside if kind != Aside.OUTSIDE)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--section", help="Only this section and those within it.")
@click.option("--sentences", is_flag=True, help="Show every sentence, and what accounts for it.")
@as_json
def audit(files: tuple[Path, ...], section: str | None, sentences: bool, as_json: bool) -> int:
    """Hold the clause records against your copy of an RFC or draft, as Markdown source, text or XML.

    Every sentence of a section in scope must be accounted for: by a record, or as not normative for a stated
    reason. No record may be stale. Figures, code, unnumbered sections, and where a reference leads are not
    read. The document is told by what the file says it is. Exit status 1 means that a sentence is missing or
    a record is stale, 2 that a file cannot be read.

    \b
    pathproof spec audit rfc9000.txt rfc9001.xml
    pathproof spec audit rfc9000.md --section 9.3.3 --sentences
    """
    unread: list[str] = []
    found: list[tuple[rfc_copy.Copy, list[SectionAudit]]] = []
    for file in files:
        try:
            copy = rfc_copy.read(file)
            found.append((copy, _only(audit_copy(copy), section)))
        except OSError as error:
            unread.append(f"{file}: {error.strerror or error}")
        except Unknown as error:
            recorded = ", ".join(name for one in documents.load().values() for name in one.copies)
            unread.append(f"{file}: {error}; recorded are {recorded}")
        except ValueError as error:
            unread.append(str(error))
    if as_json:
        output.emit({"audits": [_as_dict(copy, of, sentences) for copy, of in found], "unread": unread})
    else:
        for copy, of in found:
            _print_sentences(of) if sentences else _print(copy, of)
    for line in unread:
        click.echo(f"pathproof: {line}", err=True)
    return 2 if unread else int(any(one.gaps or one.stale for _, of in found for one in of))


def _only(audits: list[SectionAudit], section: str | None) -> list[SectionAudit]:
    if section is None:
        return audits
    section = section.rstrip(".")
    if section not in [one.number for one in audits]:
        raise Unknown("section in scope", section, [one.number for one in audits])
    return [one for one in audits if one.number == section or one.number.startswith(f"{section}.")]


def _print(copy: rfc_copy.Copy, audits: list[SectionAudit]) -> None:
    shown = output.console()
    document = documents.of_copy(copy.name)
    levels = [str(level) for level in Level] if shown.width >= WIDE else []
    ends = ("beyond scope", "not normative", "missing", "stale")
    columns = ("section", "title", "sentences", "clauses", *levels, *ends)
    title = f"{copy.file}: {copy.name}, {document.title} ({copy.form})"
    table = output.table(title, *columns, right=columns[2:])
    figures = [_figures(one, bool(levels)) for one in audits]
    for one, numbers in zip(audits, figures, strict=True):
        table.add_row(one.number, one.title[: 28 if levels else 40], *map(str, numbers))
    if len(audits) > 1:
        sums = [sum(column) for column in zip(*figures, strict=True)]
        table.add_section()
        table.add_row("all", f"{len(audits)} sections", *map(str, sums), style="bold")
    shown.print(table)
    if document.note:
        shown.print(document.note)
    _print_faults(audits)


def _print_faults(audits: list[SectionAudit]) -> None:
    shown = output.console()
    gaps = [(one, place) for one in audits for place in one.gaps]
    stale = [f"{one.number}: {line}" for one in audits for line in one.stale]
    for one, place in gaps:
        text = textwrap.shorten(place.text, LONGEST, placeholder=" ...")
        shown.print(f"[red]missing[/] {one.number}, sentence {place.number}: ", end="")
        shown.print(text, markup=False, soft_wrap=True)
        shown.print(f"        fingerprint {fingerprint(place.text)}")
    for line in stale:
        shown.print("[red]stale[/] ", end="")
        shown.print(line, markup=False, soft_wrap=True)
        if clause := load().get(line.split(": ")[1]):
            shown.print(f"        = {clause.rule}", markup=False, soft_wrap=True)
    shown.print(f"\n{len(gaps)} missing, {len(stale)} stale")


def _figures(one: SectionAudit, by_levels: bool) -> list[int]:
    accounted = sum(bool(place.clause or place.aside or place.is_gap) for place in one.places)
    levels = [sum(clause.level == level for clause in one.clauses) for level in Level if by_levels]
    asides = (one.count(Aside.OUTSIDE), one.count(*_NOT_NORMATIVE))
    return [accounted, len(one.clauses), *levels, *asides, len(one.gaps), len(one.stale)]


def _print_sentences(audits: list[SectionAudit]) -> None:
    """Each sentence of the copy, with the record or the reason beside it."""
    for one in audits:
        click.echo(f"\n{one.document} {one.number} {one.title}")
        for place in one.places:
            said = textwrap.fill(
                " ".join(place.text.split()), 110, initial_indent="    ", subsequent_indent="    "
            )
            click.echo(f"\n{place.number:3} {_account(place)}\n{said}")
            if place.clause:
                rule = f"= {place.clause.rule}"
                click.echo(textwrap.fill(rule, 110, initial_indent="    ", subsequent_indent="      "))


def _account(place: Place) -> str:
    if place.clause:
        return f"{place.clause.id} {place.clause.level}, {place.clause.role}"
    if place.aside:
        return f"({place.aside})"
    return f"MISSING {fingerprint(place.text)}" if place.is_gap else "(fragment)"


def _as_dict(copy: rfc_copy.Copy, audits: list[SectionAudit], sentences: bool) -> dict[str, Any]:
    return {
        "file": copy.file,
        "document": copy.name,
        "form": copy.form,
        "missing": sum(len(one.gaps) for one in audits),
        "stale": sum(len(one.stale) for one in audits),
        "sections": [_section_as_dict(one, sentences) for one in audits],
    }


def _section_as_dict(one: SectionAudit, sentences: bool) -> dict[str, Any]:
    levels = {str(level): sum(clause.level == level for clause in one.clauses) for level in Level}
    told = {
        "section": one.number,
        "title": one.title,
        "clauses": len(one.clauses),
        "levels": levels,
        "beyond_scope": one.count(Aside.OUTSIDE),
        "not_normative": one.count(*_NOT_NORMATIVE),
        "missing": [
            {"sentence": p.number, "text": p.text, "fingerprint": fingerprint(p.text)} for p in one.gaps
        ],
        "stale": list(one.stale),
    }
    if sentences:
        places = one.places
        told["sentences"] = [
            {
                "number": p.number,
                "text": p.text,
                "clause": p.clause.id if p.clause else None,
                "aside": p.aside,
            }
            for p in places
        ]
    return told
