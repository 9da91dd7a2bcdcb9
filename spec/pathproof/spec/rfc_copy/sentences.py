"""Paragraphs cut into sentences, alike in all forms of a document."""

import re

from pathproof.spec.fingerprint import unmarked
from pathproof.spec.keywords import KEYWORD

CELLS = " | "
"""What stands between the cells of a table row, in all forms."""

_BOUNDARY = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"')]))\s+(?=[\"\u201c]?[A-Z0-9(§])")


def sentences(block: str) -> list[str]:
    """Return the sentences of one paragraph, list item or table row, in the order of the text.

    A reference to another place is one sign, `§`, so that it ends no sentence in one form only. Nor does a
    quotation begin a sentence because of its quotes alone: what is code has them in some forms only.

    Examples
    --------
    >>> sentences("It MUST stop. It\\nwaits (see {{x}}). Section 9 says why.")
    ['It MUST stop.', 'It\\nwaits (see §).', '§ says why.']
    """
    return [sentence for sentence in map(str.strip, _BOUNDARY.split(unmarked(block))) if sentence]


def is_sentence(fragment: str) -> bool:
    """Whether a fragment demands to be accounted for: it has a keyword, or it ends as a sentence does.

    What is left are table rows, titles, and figures of the published text.

    Examples
    --------
    >>> [is_sentence(text) for text in ("It waits.", "The sender MUST", "Frame { Type (i) }", "in order:")]
    [True, True, False, True]
    """
    end = fragment.rstrip("\"') \n")
    return bool(KEYWORD.search(fragment)) or (end.endswith((".", "!", "?", ":", ";")) and end[-3:] != "...")
