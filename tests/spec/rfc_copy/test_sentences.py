"""Paragraphs are cut where sentences end, and only there."""

import pytest

from pathproof.spec.keywords import KEYWORD
from pathproof.spec.rfc_copy import is_sentence, sentences


@pytest.mark.parametrize(
    ("block", "cut"),
    [
        ("It waits. It ends.", ["It waits.", "It ends."]),
        ("Does it wait? It\ndoes!\n\nGood.", ["Does it wait?", "It\ndoes!", "Good."]),
        ('It "waits." Then (it ends.) Or (see it.)', ['It "waits."', "Then (it ends.)", "Or (see it.)"]),
        ("It waits, e.g., for 1.5 s. 2 more do.", ["It waits, e.g., for 1.5 s.", "2 more do."]),
        ("It waits. {{other}} says why.", ["It waits.", "§ says why."]),
        ("It waits. [RFC2104] says why.", ["It waits.", "§ says why."]),
        ("It waits (Section 9. It ends).", ["It waits (§.", "It ends)."]),
        ('It waits. "Peer" is meant.', ["It waits.", '"Peer" is meant.']),
        ('It waits. "peer" is meant.', ['It waits. "peer" is meant.']),
        ("It waits. `peer` is meant.", ["It waits. peer is meant."]),
        ("  It waits.  ", ["It waits."]),
        ("in order", ["in order"]),
        (" \n", []),
    ],
)
def test_cut(block: str, cut: list[str]) -> None:
    """A sentence ends with its mark and what closes behind it, and the next begins with a capital or sign."""
    assert sentences(block) == cut


def test_keywords_are_capitals_only_and_may_be_broken() -> None:
    """BCP 14 gives a meaning to the capitals, not to the same words in lower case or in other words."""
    text = "You must wait, MUST\n  NOT run, MAY walk, MAYBE; it is NOT RECOMMENDED, SHALLOW, or REQUIRED."
    assert [found[0] for found in KEYWORD.finditer(text)] == [
        "MUST\n  NOT",
        "MAY",
        "NOT RECOMMENDED",
        "REQUIRED",
    ]


@pytest.mark.parametrize(
    "text", ["It waits.", "in order:", "one; ", 'is "this"?)', "The sender MUST", "Wait!\n"]
)
def test_what_has_to_be_accounted_for(text: str) -> None:
    """What ends as a sentence or a part of one does, and what has a keyword."""
    assert is_sentence(text)


@pytest.mark.parametrize("text", ["Name | Value", "Frame {", "and so on...", "a title", "may wait"])
def test_what_need_not_be_accounted_for(text: str) -> None:
    """Titles, rows and drawings."""
    assert not is_sentence(text)
