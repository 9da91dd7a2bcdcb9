"""Both published forms of an RFC are cut into the same sections and sentences."""

from pathproof.spec.fingerprint import normalise
from pathproof.spec.sentences import KEYWORD, sections, sentences

MARKDOWN = """--- middle
# Frames {#frames}

Length:

: It MUST be short (see {{size}}).  It
  is one byte.

~~~
Frame { Length (8) }
~~~
{: #fig title="Frame"}

## Rules

* One, e.g., the first.  Another.
* Two.
--- back
# Thanks
"""
TEXT = """1.  Frames

   Length:  It MUST be short (see Section 2).  It is one
      byte.

1.1.  Rules

   *  One, e.g., the first.  Another.

   *  Two.
"""


def test_markdown_and_text_give_the_same_sentences() -> None:
    """Numbers come from the headings, and figures, bullets and defined terms are left out."""
    markdown, text = sections(MARKDOWN), sections(TEXT)
    assert list(markdown) == list(text) == ["1", "1.1"]
    assert [*map(normalise, sentences(text["1"]))] == ["it must be short (see).", "it is one byte."]
    assert [*map(normalise, sentences(markdown["1"]))][1:] == ["it must be short (see).", "it is one byte."]
    assert (
        sentences(markdown["1.1"]) == sentences(text["1.1"]) == ["One, e.g., the first.", "Another.", "Two."]
    )


def test_keywords_are_capitals_only() -> None:
    """BCP 14 gives a meaning to the capitals, not to the same words in lower case."""
    assert [found[0] for found in KEYWORD.finditer("You must wait, MUST NOT run, MAY walk.")] == [
        "MUST NOT",
        "MAY",
    ]
