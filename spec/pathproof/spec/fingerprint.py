"""A sentence of an RFC as a number, so that a record can name it without repeating it.

The clause records carry our own words. What ties a record to the text is the SHA-256 of the sentence, taken
after everything in which two faithful copies differ is gone: line breaks, capitals, Markdown markup, and the
references, which the Markdown source writes `{{reset-token}}` and the published text `Section 10.3.2`.
"""

import hashlib
import re

_REFERENCES = (
    r"\{\{[^}]*\}\}",  # {{reset-token}}, {{?RFC2104}}, {{Section 5.2 of QUIC-TLS}}
    r"\b(?:Section|Figure|Table|Appendix) [A-Z0-9]+(?:\.\d+)*(?: of \[[^\]]*\])?",
    r"\[[A-Za-z0-9-]+\]",
)
_REPLACEMENTS = (
    (r"<sup>(.*?)</sup>", r"^\1"),
    (r"`|\*\*|\\", ""),
    (r"\s+", " "),
    (r"\b(Sections|Appendices) [A-Z0-9]+(?:\.\d+)* and [A-Z0-9]+(?:\.\d+)*", r"\1 and"),
    *((reference, "") for reference in _REFERENCES),
    (r"(?<=\w)- (?=\w)", "-"),  # a line broken after the hyphen of a compound
    (r" -- ?", "--"),
    (r"\(\s*\)", ""),
    (r"\s+", " "),
    (r" (?=[.,;:)])", ""),
)


def normalise(sentence: str) -> str:
    """Return `sentence` without markup, references, capitals and line breaks.

    Parameters
    ----------
    sentence : str
        One sentence, from the Markdown source of an RFC or from its published text.

    Returns
    -------
    str
        The same words in lower case, one space apart.

    Examples
    --------
    >>> normalise("An endpoint\\n  MUST `wait`; see {{migration}}.")
    'an endpoint must wait; see.'
    >>> normalise("An endpoint MUST wait; see Section 9.")
    'an endpoint must wait; see.'
    """
    for pattern, replacement in _REPLACEMENTS:
        sentence = re.sub(pattern, replacement, sentence)
    return sentence.strip().lower()


def fingerprint(sentence: str) -> str:
    """Return the SHA-256 of the normalised `sentence`, in hexadecimal.

    Parameters
    ----------
    sentence : str
        One sentence, as `normalise` takes it.

    Returns
    -------
    str
        64 digits of lower-case hexadecimal.

    Examples
    --------
    >>> fingerprint("Wait.")[:16]
    '92263566c3971771'
    >>> fingerprint("An endpoint  WAITS.") == fingerprint("an endpoint\\nwaits.")
    True
    """
    return hashlib.sha256(normalise(sentence).encode()).hexdigest()
