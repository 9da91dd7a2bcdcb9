"""Two faithful copies of a sentence have one fingerprint; two different sentences have two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.spec.fingerprint import fingerprint, normalise, unmarked

SAME = [
    ("Wait; see {{migration}}.", "Wait; see Section 9."),
    ("Compute it ({{?RFC2104}}).", "Compute it ([RFC2104])."),
    ("See {{Section 5.2 of QUIC-TLS}}.", "See Section 5.2 of [QUIC-TLS]."),
    ("See {{Section 5.2 of QUIC-TLS}}.", "See Section\n   5.2 of [QUIC-\n   TLS]."),
    ("See {{QUIC-TLS, Section 5.2}}.", "See [QUIC-TLS], Section 5.2."),
    ("See {{QUIC-TLS (Section 5.2)}}.", "See [QUIC-TLS] (Section 5.2)."),
    ("See Section 5 of {{QUIC-TLS}}.", "See Section 5 of [QUIC-TLS]."),
    ("See {{Sections 5 and 6 of QUIC-TLS}}.", "See Sections 5 and 6 of [QUIC-TLS]."),
    ("See {{I-D.ietf-quic-lb}}.", "See [I-D.ietf-quic-lb]."),
    ("As in Sections {{on-path}} and {{off-path}}.", "As in Sections 9.3.1 and 9.3.2."),
    ("As in Appendices {{<a}}, {{<b}}, and {{<c}}.", "As in Appendices A, B.1, and C."),
    ("As in Figures {{<a}} through {{<b}}.", "As in Figures 1 through 12."),
    ("Formatted as shown in {{fig-x}}.", "Formatted as shown in Figure 39."),
    ("A zero-length ID and/or token.", "A zero-\n   length ID and/\n   or token."),
    ("A zero-length ID.", "A zero\u2011length\u200b ID\u2060."),
    ("More than one -- for example, two.", "More than one --\n   for example, two."),
    ("Values of 2<sup>14</sup> are invalid.", "Values of 2^14 are invalid."),
    ("Values of 2<sup>21.5</sup> are invalid.", "Values of 2^21.5 are invalid."),
    ("Values of 2<sup>-L/2</sup> are invalid.", "Values of 2^(-L/2) are invalid."),
    ("Values of 2<sup>(N/4)</sup> are invalid.", "Values of 2^(N/4) are invalid."),
    ("Values of x<sub>i</sub> and x<sub>i+1</sub>.", "Values of x_i and x_(i+1)."),
    ("The `limit`  is 2.", "the limit\nis 2."),
    ("The `limit` is 2.", 'The "limit" is 2.'),
    ("It's \u201cnew\u201d.", 'It\u2019s "new".'),
    ("This *must* be **so**, _now_.", "This _must_ be *so*, now."),
    ("See <https://example.net/a>.", "See https://example.net/a."),
    ("See <https://example.net/> too.", "See https://example.net/ (https://example.net/) too."),
    ("A \\*b\\* and \\[c\\].", "A b and [c]."),
    ("The name \\[RFC2104\\] is new.", "The name [RFC2104] is new."),
]
DIFFERENT = [
    ("It MAY wait but MUST stop.", "It may wait but MUST stop."),
    ("Wait for 2.", "Wait for 3."),
    ("Wait for 2.", "Wait for 2"),
    ("Wait for 2.", "Do not wait for 2."),
    ("Wait for NEW_TOKEN.", "Wait for NEWTOKEN."),
    ("Wait for 2*n bytes.", "Wait for 2n bytes."),
    ("Wait for 2^4.", "Wait for 24."),
    ("A Table Said.", "A Said."),
    ("Sections say.", "say."),
]


@pytest.mark.parametrize(("markdown", "text"), SAME)
def test_markup_references_and_white_space_do_not_count(markdown: str, text: str) -> None:
    """The Markdown source and the published text of a sentence come out alike."""
    assert normalise(markdown) == normalise(text)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_numbers_and_punctuation_count(one: str, other: str) -> None:
    """A change that could change the meaning changes the fingerprint."""
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    "text", ["a section title", "the table said", "an appendix or figure of sections and on"]
)
def test_what_is_no_number_is_no_reference(text: str) -> None:
    """A word behind that of a place, with a capital or not, is a word."""
    assert normalise(text.title()) == text


SAID = "the peer MUST wait (for 1.5 s), e.g., 2*n; NEW_TOKEN it's x."
WORDS = st.lists(st.sampled_from(SAID.split()), min_size=1)


def lowered(words: list[str]) -> str:
    """The words in lower case, but for the keyword among them."""
    return " ".join(word if word == "MUST" else word.lower() for word in words)


@given(WORDS, st.data())
def test_lines_may_be_broken_anywhere(words: list[str], data: st.DataObject) -> None:
    """Whatever white space stands between the words, and around them."""
    space = st.sampled_from([" ", "\n", "  ", "\n   ", "\t", "\xa0"])
    broken = "".join(word + data.draw(space) for word in words)
    assert normalise("\n" + broken) == normalise(" ".join(words)) == lowered(words)


@given(WORDS, WORDS)
def test_other_words_are_another_sentence(one: list[str], other: list[str]) -> None:
    """Fingerprints are alike only if the words are, capitals aside."""
    alike = lowered(one) == lowered(other)
    assert (fingerprint(" ".join(one)) == fingerprint(" ".join(other))) == alike


@given(WORDS, st.data())
def test_taking_markup_away_twice_changes_nothing(words: list[str], data: st.DataObject) -> None:
    """A reader has taken it away already from the sentence that is then normalised."""
    marks = st.sampled_from(
        ["{{a}}", "[RFC2104]", "`x`", "**x**", "_x_", "2<sup>14</sup>", "Section 1 of {{b}}"]
    )
    text = " ".join([*words, *data.draw(st.lists(marks)), *words])
    assert unmarked(unmarked(text)) == unmarked(text)
    assert normalise(unmarked(text)) == normalise(text)
