"""A sentence of an RFC as a number, so that a record can name it without repeating it.

The clause records carry our own words. What ties a record to the text is the SHA-256 of the sentence, taken
after everything in which two faithful copies differ is gone: line breaks, capitals (but for keywords),
markup, and the references, which the Markdown source writes `{{reset-token}}` and the published text `Section
10.3.2`.

Whatever a pattern here lets repeat has a bound, so that a text made to do harm costs no more than its length.
"""

import hashlib
import re

from pathproof.spec.keywords import KEYWORD

_PLACE = r"(?:\d+|[A-Z])(?:\.\d+)*(?![A-Za-z])"  # 10.3.2, A.4
_AND = r"(?:,|,?\s{1,80}(?:and|or|to|through))\s{1,80}"
_SIMPLE = (
    r"[+-]?(?:\d{1,80}\.\d{1,80})?[A-Za-z0-9]{0,80}|\([^<()]{1,200}\)"  # raised and lowered without brackets
)
_MARKUP = (
    (r"\\(?=[^\w\s])", ""),
    (r"<(https?:[^<>]{1,2000})>", r"\1"),
    (rf"<sup>({_SIMPLE})</sup>", r"^\1"),
    (rf"<sub>({_SIMPLE})</sub>", r"_\1"),
    (r"<sup>([^<]{1,200})</sup>", r"^(\1)"),
    (r"<sub>([^<]{1,200})</sub>", r"_(\1)"),
    (r"`|\*\*", ""),
    (r"(?<![\w*])\*(?=\S)([^*]{1,200})(?<=\S)\*(?![\w*])", r"\1"),
    (r"(?<!\w)_(?=[^\s_])([^_]{1,200})(?<=[^\s_])_(?!\w)", r"\1"),
)
_REFERENCES = (
    (r"\{\{(Sections|Appendices)\s{1,80}([^{}]{1,200}?)\s{1,80}of\s{1,80}[^{}]{1,200}\}\}", r"\1 \2 of §"),
    (r"\{\{[^}]{0,500}\}\}", "§"),  # {{reset-token}}, {{?RFC2104}}, {{Section 5.2 of QUIC-TLS}}
    (r"\[[A-Z](?:[A-Za-z0-9._]|-\s{0,80}){1,80}\]", "§"),  # [RFC2104], and one broken after its hyphen
    (rf"§,\s{{1,80}}(?:Section|Appendix)\s{{1,80}}{_PLACE}", "§"),
    (rf"\b(?:Section|Figure|Table|Appendix)\s{{1,80}}{_PLACE}(?:\s{{1,80}}of\s{{1,80}}§)?", "§"),
)
_LIST = re.compile(rf"\b(Sections|Appendices|Figures|Tables)(\s{{1,80}}{_PLACE}(?:{_AND}{_PLACE}\b){{1,80}})")
_REPLACEMENTS = (
    (r"[\u2018\u2019]", "'"),
    (r"\u2011", "-"),
    (r"[\"\u201c\u201d\u200b\u2060]|\\", ""),  # the published text has quotes where the source has backticks
    (r"\s+", " "),
    (r" ?\(https?://[^()]{1,2000}\)", ""),  # where a link of the source leads
    ("§", ""),
    (r"(?<=\w)([-/]) (?=\w)", r"\1"),  # a line broken after the hyphen or slash of a compound
    (r" -- ?", "--"),
    (r"\(\s*\)", ""),
    (r"\s+", " "),
    (r" (?=[.,;:)])", ""),
)


def unmarked(text: str) -> str:
    """Return `text` without markup, with one sign, `§`, in the place of each reference.

    Examples
    --------
    >>> unmarked("It *can* `wait`; see {{migration}} and [RFC2104], Section 2.")
    'It can wait; see § and §.'
    >>> unmarked("See Sections 9.3, 9.4 and A.1, and Section 5.1 of [QUIC-TLS].")
    'See Sections §, § and §, and §.'
    """
    for pattern, replacement in (*_MARKUP, *_REFERENCES[:3]):
        text = re.sub(pattern, replacement, text)
    text = _LIST.sub(lambda found: found[1] + re.sub(rf"\b{_PLACE}\b", "§", found[2]), text)
    for pattern, replacement in _REFERENCES[3:]:
        text = re.sub(pattern, replacement, text)
    return text


def normalise(sentence: str) -> str:
    """Return `sentence` without markup, references, line breaks, and capitals but for those of keywords.

    Parameters
    ----------
    sentence : str
        One sentence, from the Markdown source of an RFC, from its XML or from its published text.

    Returns
    -------
    str
        The same words in lower case, one space apart.

    Examples
    --------
    >>> normalise("An endpoint\\n  MUST `wait`; see {{migration}}.")
    'an endpoint MUST wait; see.'
    >>> normalise("An endpoint MUST wait; see Section 9.")
    'an endpoint MUST wait; see.'
    """
    sentence = unmarked(sentence)
    for pattern, replacement in _REPLACEMENTS:
        sentence = re.sub(pattern, replacement, sentence)
    return _lower(sentence.strip())


def _lower(text: str) -> str:
    """The text in lower case, but for keywords, which bind in capitals only."""
    parts, last = [], 0
    for keyword in KEYWORD.finditer(text):
        parts += [text[last : keyword.start()].lower(), keyword[0]]
        last = keyword.end()
    return "".join([*parts, text[last:].lower()])


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
