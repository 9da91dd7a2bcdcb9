"""The clause records held against a copy of the document they record.

Every sentence of a section in scope must be accounted for: as a clause, or by its fingerprint as no clause,
with the reason. A sentence that nothing accounts for is a gap. A record whose sentence is not in the copy is
stale. So are a level that is not the strongest keyword of its sentence, an ordinal that is not its place, and
a sentence with a keyword that was put aside as not normative.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pathproof.spec import clauses, documents
from pathproof.spec.clause_record import Aside, Clause, Level, Section
from pathproof.spec.fingerprint import fingerprint
from pathproof.spec.keywords import KEYWORD
from pathproof.spec.rfc_copy import CELLS, Copy, is_sentence

_SAME = {
    "SHALL": Level.MUST,
    "SHALL NOT": Level.MUST_NOT,
    "REQUIRED": Level.MUST,
    "RECOMMENDED": Level.SHOULD,
    "NOT RECOMMENDED": Level.SHOULD_NOT,
    "OPTIONAL": Level.MAY,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of a copy, and what accounts for it: a clause, an aside, or nothing.

    `number` is its place in the section, from 1. A fragment (figure text, a title) need not be accounted for.
    A row of a table `counts` where the records of its section tell rows apart.
    """

    number: int
    text: str
    clause: Clause | None = None
    aside: Aside | None = None
    counts: bool = False

    @property
    def is_gap(self) -> bool:
        """Nothing accounts for this sentence."""
        return self.clause is None and self.aside is None and (self.counts or is_sentence(self.text))


@dataclass(frozen=True, slots=True)
class SectionAudit:
    """What the audit of one section found: its sentences, and one line for everything that is stale."""

    document: str
    number: str
    title: str
    places: tuple[Place, ...]
    stale: tuple[str, ...]

    @property
    def gaps(self) -> tuple[Place, ...]:
        """The sentences that nothing accounts for."""
        return tuple(place for place in self.places if place.is_gap)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses whose sentences were found."""
        return tuple(place.clause for place in self.places if place.clause)

    def count(self, *asides: Aside) -> int:
        """How many sentences were put aside for one of these reasons."""
        return sum(place.aside in asides for place in self.places)


def level_of(sentence: str) -> Level:
    """Return the strongest keyword of a sentence, or `statement` if it has none.

    Examples
    --------
    >>> str(level_of("It MAY wait but MUST\\nNOT stop.")), str(level_of("It waits."))
    ('MUST NOT', 'statement')
    """
    words = (" ".join(found.split()) for found in KEYWORD.findall(sentence))
    found = [_SAME.get(word) or Level(word) for word in words]
    return min(found, key=list(Level).index, default=Level.STATEMENT)


def audit(copy: Copy) -> list[SectionAudit]:
    """Hold the records of a document against a copy of it, section by section in scope.

    Raises
    ------
    pathproof.spec.records.Unknown
        If no clause of that document is recorded (a `KeyError`).
    """
    document = documents.of_copy(copy.name)
    numbers = [*document.sections, *_unknown(document, copy)]
    return [_section(copy, document.name, number) for number in numbers]


def _unknown(document: documents.Document, copy: Copy) -> list[str]:
    """Sections of the copy right below one in scope that nobody has put in scope or beyond it."""
    known = {*document.sections, *document.beyond}
    return [n for n in copy.sections if n not in known and n.rpartition(".")[0] in document.sections]


def _section(copy: Copy, document: str, number: str) -> SectionAudit:
    recorded = clauses.sections().get((document, number)) or Section(document, number, "(no records)", ())
    places, lost = _match(recorded, copy.sections.get(number, ()))
    if number not in copy.sections:
        gone = f"{len(recorded.clauses)} clauses are stale"
        lost = [f"{document}-{number}: the copy has no section of this number, and {gone}"]
    if any(CELLS in place.text for place in places if place.clause or place.aside):
        places = [replace(place, counts=CELLS in place.text) for place in places]
    shifted = bool(lost) or any(place.is_gap for place in places)
    return SectionAudit(document, number, recorded.title, tuple(places), (*lost, *_wrong(places, shifted)))


def _match(recorded: Section, texts: tuple[str, ...]) -> tuple[list[Place], list[str]]:
    """Give each sentence its clause, in the order of both, and then each other one its aside."""
    free: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        free[fingerprint(text)].append(i)
    places = [Place(i + 1, text) for i, text in enumerate(texts)]
    lost: list[str] = []
    found = _in_order([free.get(clause.fingerprint, []) for clause in recorded.clauses])
    for clause, place in zip(recorded.clauses, found, strict=True):
        if place is not None:
            places[place] = Place(place + 1, texts[place], clause=clause)
    for clause, place in zip(recorded.clauses, found, strict=True):
        if place is None:
            lost.append(f"{clause.id}: its sentence {_why_lost(clause, free, places)}")
    for kind, print_ in ((kind, one) for kind, prints in recorded.asides.items() for one in prints):
        left = next((i for i in free.get(print_, ()) if not (places[i].clause or places[i].aside)), None)
        if left is None:
            lost.append(f"{recorded.document}-{recorded.number}: {kind} {print_} is not in the copy")
        else:
            places[left] = Place(left + 1, texts[left], aside=kind)
    return places, lost


def _why_lost(clause: Clause, free: dict[str, list[int]], places: list[Place]) -> str:
    stands = free.get(clause.fingerprint)
    if not stands:
        return "is not in the copy"
    left = any(places[i].clause is None for i in stands)
    return "stands elsewhere in it" if left else "is recorded more often than it stands in it"


def _in_order(choices: list[list[int]]) -> list[int | None]:
    """Choose a place for as many as can have one with all places ascending: few are moved, so few are named.

    This is a longest ascending run, of which every place in `ends` is the least that one of its length can
    end at.
    """
    ends: list[int] = []
    runs: list[tuple[int, int, Any]] = []  # of each length: who came last, where, and the run before it
    for who, places in enumerate(choices):
        for place in reversed(places):
            length = bisect_left(ends, place)
            if ends[length : length + 1] != [place]:
                ends[length : length + 1] = [place]
                runs[length : length + 1] = [(who, place, runs[length - 1] if length else None)]
    chosen: list[int | None] = [None] * len(choices)
    run = runs[-1] if runs else None
    while run:
        chosen[run[0]] = run[1]
        run = run[2]
    return chosen


def _wrong(places: list[Place], shifted: bool) -> Iterator[str]:
    """Records whose sentence is there, and of which something else is not as the text has it.

    Where sentences are missing or lost, the numbers of those behind them say nothing new.
    """
    ordinal = 0
    for place in places:
        level = level_of(place.text)
        if place.clause or place.aside == Aside.OUTSIDE:
            ordinal += 1
        elif place.aside and level != Level.STATEMENT:
            yield f"sentence {place.number} has the keyword {level} and was put aside as {place.aside}"
        if place.clause and place.clause.ordinal != ordinal and not shifted:
            yield f"{place.clause.id}: is number {ordinal} among the normative sentences"
        if place.clause and place.clause.level != level:
            yield f"{place.clause.id}: level {place.clause.level}, and the sentence has {level}"
