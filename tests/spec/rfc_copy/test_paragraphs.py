"""A section of Markdown is cut into paragraphs, items and rows as kramdown does."""

import pytest

from pathproof.spec.rfc_copy.paragraphs import paragraphs


def cut(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [one.replace("\n", " ") for one in paragraphs(text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One\ntwo.\n\n\nThree.", ["One two.", "Three."]),
        ("* One\n  more.\n* Two\nlazy.\n- Three\n\n+ Four", ["One more.", "Two lazy.", "Three", "Four"]),
        ("* One:\n  * Two\n    * Three\n\n  Four.\n* Five", ["One:", "Two", "Three", "Four.", "Five"]),
        ("1. One a) b)\nc) d.\n2. Two\n   * Three\n10. Four", ["One a) b) c) d.", "Two", "Three", "Four"]),
        ("* At least\n2. Then more.\n  1. In", ["At least 2. Then more.", "In"]),
        (
            "It is\n- 3 at least, or\n10. No item\n* nor this.",
            ["It is - 3 at least, or 10. No item * nor this."],
        ),
        ("a. A letter\nb. marks nothing.", ["a. A letter b. marks nothing."]),
        ("Term\n: One.\n\nOther (0x1):\n\n: Two.\n\n  Three.\n: Four.", ["One.", "Two.", "Three.", "Four."]),
        ("Both\nterms\n: One.\nlazy\n: Two.", ["One. lazy", "Two."]),
        ("* One\n\n  Term\n  : Two.\n\n* Three", ["One", "Two.", "Three"]),
        ("| A | B |\n|:--|---|\n| a \\| b | |\n| | c. |", ["A | B", "a \\| b |", "| c."]),
        ("Sum  | B\n-----|---\n0x1 | b", ["Sum | B", "0x1 | b"]),
        ("Either a | b\nor c.", ["Either a | b or c."]),
        ("Said:\n| A | B |", ["Said:", "A | B"]),
        ("> One\n> two.\n>\n> * Three", ["One two.", "Three"]),
        ("It is\n> 5 bytes.", ["It is > 5 bytes."]),
        ("{:aside}\n> One.", ["One."]),
        ('<aside markdown="block">\nNote: One.\n</aside>', ["Note: One."]),
        (
            "One.\n\n    code MUST\n\n    more\nTwo.\n\n* Three\n\n    Four.",
            ["One.", "Two.", "Three", "Four."],
        ),
        ("* One\n\n  Two.\n\n    Three.\n\nFour.\n\n    code", ["One", "Two.", "Three.", "Four."]),
        ('{: #x}\nOne.\n{: title="Over\ntwo lines"}\nTwo.', ["One.", "Two."]),
        ("{: not closed\n\nOne.", ["One."]),
        (
            "a [b c](#d) [](https://e.net/){: brackets=x} f<br/>g &lt;tt> <tt>h</tt>",
            ["a b c https://e.net/ f g <tt> h"],
        ),
        ("", []),
    ],
)
def test_cut(text: str, found: list[str]) -> None:
    """Items, definitions without their terms, rows, quotations, and no figures or attributes."""
    assert cut(text) == found
