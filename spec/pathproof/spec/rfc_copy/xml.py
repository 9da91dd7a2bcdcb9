"""The XML of an RFC (xml2rfc version 3), as its editors submit it or as the RFC Editor publishes it.

Expat, the parser behind the standard library, refuses documents whose entities expand without measure, and
nothing outside the file is ever read. Elements nested beyond any document are refused before they are built.
"""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from xml.etree import ElementTree

from pathproof.spec.rfc_copy.outline import Outline
from pathproof.spec.rfc_copy.sentences import CELLS

DEEPEST = 100
"""The deepest nesting of elements that is read: published documents have less than 20."""

_LEAVES = {"t", "dd", "li", "th", "td"}
_SKIPPED = {"name", "dt", "figure", "artwork", "sourcecode", "section"}
_BLOCKS = _LEAVES | _SKIPPED | {"ul", "ol", "dl", "list", "table", "texttable", "aside", "blockquote"}
_BREAK = "\f"  # between the paragraphs of one element; XML has no such character
_UNSEEN = {"iref", "cref"}
_EMPTY = {"xref": "§", "relref": "§", "vspace": _BREAK, "br": "\n"}
_ENTITIES = {name: chr(code) for name, code in name2codepoint.items()} | {
    "zwsp": "\u200b",
    "nbhy": "\u2011",
    "wj": "\u2060",
}


class _Builder(ElementTree.TreeBuilder):
    """A tree that is not too deep and whose text is not much longer than the file."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._depth = 0
        self._left = most

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"elements nested deeper than {DEEPEST}, so no RFC")
        self._count(sum(map(len, attrs.values())))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)

    def data(self, data: str, /) -> None:
        self._count(len(data))
        super().data(data)

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise ValueError("entities that expand to more text than the file has, so no RFC")


def blocks(content: str) -> dict[str, list[str]]:
    """Return the paragraphs, list items and table rows of each numbered section.

    Raises
    ------
    ValueError
        If the XML is not well-formed; the message gives line and column. Also if it is nested or expands
        beyond measure.

    Examples
    --------
    >>> inner = "<section><t>B.</t></section>"
    >>> blocks(f"<rfc><middle><section><t>A <bcp14>MUST</bcp14>.</t>{inner}</section></middle></rfc>")
    {'1': ['A MUST.'], '1.1': ['B.']}
    """
    root = _root(re.sub(r"^\s*<\?xml[^>]*\?>", "", content))
    found: dict[str, list[str]] = {}
    for part in ("middle", "back"):
        whole = root.find(part)
        if whole is not None:
            _number(whole, 1, Outline(appendices=part == "back"), found)
    return found


def _root(content: str) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_Builder(2 * len(content) + 10_000))
    parser.entity.update(_ENTITIES)
    outside = re.findall(r"<!ENTITY\s+([\w.-]{1,80})\s+(?:SYSTEM|PUBLIC)\s", content)  # references, mostly
    parser.entity.update(dict.fromkeys(outside, ""))
    try:
        parser.feed(content)
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        raise ValueError(f"not well-formed XML: {error}") from None
    return root


def _number(parent: ElementTree.Element, depth: int, outline: Outline, found: dict[str, list[str]]) -> None:
    """Number the sections below `parent` in the order of the text; unnumbered ones take no number."""
    for section in parent.findall("section"):
        if section.get("numbered") != "false":
            found[outline.number(depth)] = [block for block in _blocks(section) if block]
            _number(section, depth + 1, outline, found)


def _blocks(parent: ElementTree.Element) -> Iterator[str]:
    for child in parent:
        if child.tag == "texttable":
            yield from _old_table(child)
        elif child.tag == "tr":
            yield CELLS.join(" ".join([_text(cell).strip(), *_blocks(cell)]).strip() for cell in child)
        elif child.tag in _LEAVES:
            yield from map(str.strip, _text(child).split(_BREAK))
            yield from _blocks(child)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _old_table(table: ElementTree.Element) -> Iterator[str]:
    """The rows of a table of version 2 of the format, which lists cells without saying where a row ends."""
    heads = [_text(cell).strip() for cell in table.findall("ttcol")]
    cells = heads + [_text(cell).strip() for cell in table.findall("c")]
    for first in range(0, len(cells), len(heads) or 1):
        yield CELLS.join(cells[first : first + (len(heads) or 1)])


def _text(element: ElementTree.Element) -> str:
    """The words of an element, without those of the blocks inside it."""
    words = [element.text or ""]
    for child in element:
        words.append(_inline(child) if isinstance(child.tag, str) else "")
        words.append(child.tail or "")
    return "".join(words)


def _inline(child: ElementTree.Element) -> str:
    if child.tag in _BLOCKS or child.tag in _UNSEEN:
        return "" if child.tag in _UNSEEN else _BREAK
    text = _text(child)
    if child.tag in {"sup", "sub"}:
        return f"<{child.tag}>{text}</{child.tag}>"  # `fingerprint` has the rule for both
    if not text.strip():
        return _EMPTY.get(child.tag, "") or child.get("target" if child.tag == "eref" else "fullname", "")
    return text
