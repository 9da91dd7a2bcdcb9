"""The clause records against copies of the documents that the user has; the project ships none.

Set PATHPROOF_COPIES to a folder: every file in it that is a copy of a recorded document is audited. What is
no such copy is passed over, but a folder without any is a mistake.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pathproof.spec import documents, rfc_copy
from pathproof.spec.audit import SectionAudit, audit
from pathproof.spec.clause_record import Clause
from pathproof.spec.fingerprint import normalise

FOLDER = os.environ.get("PATHPROOF_COPIES")
MOST_WORDS = 6
"""As many consecutive words of a sentence may come again in the rule that stands for it."""

_NAME = re.compile(
    r"(?:retire prior to|(?:source|destination|original destination) connection id|preferred address"
    r"|sequence number|stateless reset token|[a-z0-9]+(?:_[a-z0-9]+)+|0x[0-9a-f]+)\b"
)
needs_copies = pytest.mark.skipif(FOLDER is None, reason="needs copies: set PATHPROOF_COPIES to their folder")


@cache
def copies() -> tuple[rfc_copy.Copy, ...]:
    """The copies of recorded documents in the folder."""
    return tuple(_read(Path(FOLDER))) if FOLDER else ()


def _read(folder: Path) -> Iterator[rfc_copy.Copy]:
    known = {name for document in documents.load().values() for name in document.copies}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        try:
            copy = rfc_copy.read(path)
        except ValueError:
            continue
        if copy.name in known:
            yield copy


def words(text: str) -> list[str]:
    """The words of a text, with a number sign in the place of each name: of a frame, field, parameter or
    code."""
    return re.findall(r"#|[a-z0-9'-]+", _NAME.sub("#", normalise(text)))


def longest_run(rule: str, sentence: str) -> list[str]:
    """The words that come consecutively in both, names not counted among them.

    Examples
    --------
    >>> longest_run("It then waits for NEW_TOKEN to come.", "A peer waits for NEW_TOKEN to be sent.")
    ['waits', 'for', 'to']
    """
    one, other = words(rule), words(sentence)
    best: list[str] = []
    ends = [0] * (len(other) + 1)
    for i, word in enumerate(one):
        ends = [0, *(ends[j] + 1 if word == said else 0 for j, said in enumerate(other))]
        runs = ([said for said in one[i + 1 - length : i + 1] if said != "#"] for length in ends)
        best = max([best, *runs], key=len)
    return best


def pairs(audits: list[SectionAudit]) -> Iterator[tuple[Clause, str]]:
    """Each clause and its sentence."""
    for section in audits:
        for place in section.places:
            if place.clause:
                yield place.clause, place.text


@needs_copies
def test_the_folder_has_copies() -> None:
    """Otherwise nothing below is tested."""
    assert copies(), f"no copy of a recorded document in {FOLDER}"


@pytest.mark.parametrize("copy", copies(), ids=lambda copy: Path(copy.file).name)
def test_every_sentence_is_accounted_for_and_no_record_is_stale(copy: rfc_copy.Copy) -> None:
    """Nothing is missing, and level, order and ordinals are those of the text."""
    audits = audit(copy)
    missing = [f"{one.number}: {place.text}" for one in audits for place in one.gaps]
    assert (missing, [line for one in audits for line in one.stale]) == ([], [])
    assert any(one.clauses for one in audits)


@pytest.mark.parametrize("copy", copies(), ids=lambda copy: Path(copy.file).name)
def test_rules_are_in_our_own_words(copy: rfc_copy.Copy) -> None:
    """No rule repeats a run of seven words or more of its sentence."""
    runs = {clause.id: longest_run(clause.rule, text) for clause, text in pairs(audit(copy))}
    repeated = {name: " ".join(run) for name, run in runs.items() if len(run) > MOST_WORDS}
    assert repeated == {}


@pytest.mark.parametrize(
    ("rule", "sentence", "run"),
    [
        ("One two three four.", "Zero one, TWO three; five.", "one two three"),
        ("One two. One two three.", "One two three.", "one two three"),
        (
            "One NEW_TOKEN two Retire Prior To three.",
            "One NEW_TOKEN two Retire Prior To three.",
            "one two three",
        ),
        ("One NEW_TOKEN two.", "One RETIRE_CONNECTION_ID two.", "one two"),
        ("One NEW_TOKEN two.", "One two.", "one"),
        ("It isn't {{x}} so.", "It isn't Section 3 so.", "it isn't so"),
        ("One.", "Two.", ""),
    ],
)
def test_longest_run(rule: str, sentence: str, run: str) -> None:
    """Words count whatever their capitals and punctuation, and names only as names."""
    assert " ".join(longest_run(rule, sentence)) == run
