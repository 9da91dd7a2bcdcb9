"""Two faithful copies of a sentence have one fingerprint; two different sentences have two."""

import pytest

from pathproof.spec.fingerprint import fingerprint, normalise

SAME = [
    ("Wait; see {{migration}}.", "Wait; see Section 9."),
    ("Compute it ({{?RFC2104}}).", "Compute it ([RFC2104])."),
    ("See {{Section 5.2 of QUIC-TLS}}.", "See Section 5.2 of [QUIC-TLS]."),
    ("As in Sections {{on-path}} and {{off-path}}.", "As in Sections 9.3.1 and 9.3.2."),
    ("Formatted as shown in {{fig-x}}.", "Formatted as shown in Figure 39."),
    ("A zero-length ID.", "A zero-\n   length ID."),
    ("More than one -- for example, two.", "More than one --\n   for example, two."),
    ("Values of 2<sup>14</sup> are invalid.", "Values of 2^14 are invalid."),
    ("The `limit`  is 2.", "the limit\nis 2."),
]


@pytest.mark.parametrize(("markdown", "text"), SAME)
def test_markup_references_and_white_space_do_not_count(markdown: str, text: str) -> None:
    """The Markdown source and the published text of a sentence come out alike."""
    assert normalise(markdown) == normalise(text)


@pytest.mark.parametrize("other", ["Wait for 3.", "Wait for 2", "Do not wait for 2."])
def test_words_numbers_and_punctuation_count(other: str) -> None:
    """A change that could change the meaning changes the fingerprint."""
    assert fingerprint("Wait for 2.") != fingerprint(other)
