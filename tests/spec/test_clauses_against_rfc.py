"""The clause records against a copy of RFC 9000 that the user has; the project ships none.

Set PATHPROOF_RFC9000 to the path of the Markdown source or of the published text.
"""

import os
from pathlib import Path

import pytest

from pathproof.spec import clauses
from pathproof.spec.fingerprint import fingerprint
from pathproof.spec.sentences import KEYWORD, sections, sentences

COPY = os.environ.get("PATHPROOF_RFC9000")
pytestmark = pytest.mark.skipif(
    COPY is None, reason="needs a copy of RFC 9000: set PATHPROOF_RFC9000 to its path"
)
STRENGTH = ["MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"]
SECTIONS = [section for section in clauses.sections().values() if section.document == "RFC9000"]


@pytest.fixture(scope="module")
def rfc() -> dict[str, list[str]]:
    """The sentences of each section of the copy."""
    text = Path(COPY or "").read_text(encoding="utf-8")
    return {number: sentences(section) for number, section in sections(text).items()}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.number)
def test_every_fingerprint_is_that_of_a_sentence_in_order(
    section: clauses.Section, rfc: dict[str, list[str]]
) -> None:
    """The records of a section name sentences that stand there, in the order in which they stand."""
    places = [fingerprint(sentence) for sentence in rfc[section.number]]
    found = [places.index(clause.fingerprint) for clause in section.clauses]
    assert found == sorted(set(found))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.number)
def test_level_is_the_strongest_keyword(section: clauses.Section, rfc: dict[str, list[str]]) -> None:
    """A record has the strongest keyword of its sentence as its level, and is a statement without one."""
    text = {fingerprint(sentence): sentence for sentence in rfc[section.number]}
    for clause in section.clauses:
        keywords = [" ".join(found.split()) for found in KEYWORD.findall(text[clause.fingerprint])]
        assert clause.level == min(keywords, key=STRENGTH.index, default="statement"), clause.id


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.number)
def test_no_sentence_with_a_keyword_lacks_a_record(
    section: clauses.Section, rfc: dict[str, list[str]]
) -> None:
    """A complete section records all its keywords; a partial one counts at least as many sentences."""
    binding = [fingerprint(sentence) for sentence in rfc[section.number] if KEYWORD.search(sentence)]
    recorded = {clause.fingerprint for clause in section.clauses}
    assert not section.complete or recorded.issuperset(binding)
    assert len(binding) <= section.normative
