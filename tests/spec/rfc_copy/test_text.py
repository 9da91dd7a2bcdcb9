"""The published text is cut into sections, paragraphs, items and rows, without figures and captions."""

import pytest

from pathproof.spec.rfc_copy import is_sentence
from pathproof.spec.rfc_copy.text import blocks


def cut(text: str) -> list[str]:
    """The blocks of one section, each on one line."""
    [found] = blocks(f"1.  One\n\n{text}\n").values()
    return [one.replace("\n", " ") for one in found]


def test_headings() -> None:
    """Numbers, letters, and titles that go on; contents, references and other sections are none."""
    text = """Abstract

   No.

   1.  One ..... 1

1.  One

   A.

1.1.  A Title
      That Goes On

   B.

2.  References

2.1.  Normative References

   [A]  B.

Appendix A.  Data

   C.

A.1.  Inner

   D.

Authors' Addresses

   No.
"""
    assert blocks(text) == {"1": ["A."], "1.1": ["B."], "A": ["C."], "A.1": ["D."]}


def test_a_number_that_does_not_ascend_is_no_heading() -> None:
    """Neither a smaller one nor the same again: it is an item at the edge of a drawing."""
    text = "2.  Two\n\n   A.\n\n1.  Not one\n\n   B.\n\n2.  Nor this\n\n2.1.  Inner\n\n   C.\n"
    assert blocks(text) == {"2": ["A.", "Not one", "B.", "Nor this"], "2.1": ["C."]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("   One\n   two.  Three.\n\n   Four.", ["One two.  Three.", "Four."]),
        ("   *  One\n      two.\n\n      Three.\n\n      -  Four.", ["One two.", "Three.", "Four."]),
        (
            "   *  One\n   *  Two\n      three\n      -  Four\n         five\n   *  Six",
            ["One", "Two three", "Four five", "Six"],
        ),
        ("   9.  One\n       2.  Two.\n\n   10. Three\n       four.", ["One 2.  Two.", "Three four."]),
        ("   a) One, b) two\n   c) three.", ["a) One, b) two c) three."]),
        ("   Term:  One\n      two.\n\n      Three.", ["One two.", "Three."]),
        ("   Term  One.", ["One."]),
        ("   Term:\n      One\n      two.", ["One two."]),
        (
            "   A:  One.\n   B:  Two\n      three.\n   C  Four\n      five.",
            ["One.", "Two three.", "Four five."],
        ),
        ("   A:\n      One.\n   B:\n      Two.", ["One.", "Two."]),
        ("      One.\n   A:\n      Two.\n   B:\n      Three.", ["One.", "Two.", "Three."]),
        ("   Note:  One\n   two.", ["Note:  One two."]),
        ("      |  One\n      |  two.\n      |\n      |  *  Three.", ["One two.", "Three."]),
        ("   | One | two |", ["| One | two |"]),
        (
            "   +===+====+\n   | A | B  |\n   +===+====+\n   | a | b- |\n   |   | c  |\n   +---+----+",
            ["A | B", "a | b- c"],
        ),
        ("   +---+----+\n   | a | |b |\n   +---+----+", ["a | |b"]),
        (
            "   Said:\n\n   Sum = 1.\n\n        Figure 3: What Goes\n                  On.\n\n   Then.",
            ["Said:", "Then."],
        ),
        ("   One.\n\n   Table 3: It\n     MUST.\n\n   Two.", ["One.", "Two."]),
        ("   Table 3 is\n   this.", ["Table 3 is this."]),
        ("   Frame {\n     A (8),\n\n     B {\n     }\n   }\n\n   One.", ["One."]),
        ("   A set {\n\n   It waits.\n\n   }", ["A set {", "It waits.", "}"]),
        ("   if x:\n     do MUST.\n       so.\n   end", []),
        ("   // It MUST\n   // wait.", []),
    ],
)
def test_cut(text: str, found: list[str]) -> None:
    """As the lines are set in, marked and drawn."""
    assert cut(text) == found


@pytest.mark.parametrize(
    "drawing",
    [
        "   +--+\n   |a |--> MUST.\n   +--+",
        "   Client      Server\n   hello  MUST ---->",
        "   |  MUST\n     |  go",
    ],
)
def test_a_drawing_without_caption_leaves_no_sentence(drawing: str) -> None:
    """Words of it may remain, as fragments."""
    assert not any(map(is_sentence, cut(drawing)))
