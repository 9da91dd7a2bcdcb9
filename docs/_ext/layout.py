"""A drawing of the bytes of a wire item: fields in order, in rows of eight bits or of four bytes.

Bytes that several fields share get a row of their own, in which a bit is as wide as eight are elsewhere. A
field whose size is no constant takes a row of its own, with a broken line at its right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import svgwrite
from markup import number

from pathproof.spec.wire_image import Field, Item

WIDTH, GUTTER, LINE, LETTER, PAD = 440, 26, 15, 7.3, 7
"""Pixels: the fields of a row, the byte numbers beside them, a line of text, a letter, and around a text."""

WORD = 32
"""Bits in a row of whole bytes."""


@dataclass(frozen=True)
class Row:
    """Fields side by side, how many bits the full width stands for, and the byte they begin at, if known."""

    fields: tuple[Field, ...]
    bits: int
    byte: int | None

    @property
    def is_open(self) -> bool:
        """Whether the row is one field whose size is no constant."""
        return constant(self.fields[0]) is None

    def width(self, field: Field) -> float:
        """The share of the full width that a field takes."""
        size = constant(field)
        return 1.0 if size is None else min(1.0, size / self.bits)


def constant(field: Field) -> int | None:
    """The bits of a field, if they are always as many."""
    if field.bits:
        return field.bits
    return None if field.bytes is None or field.bytes.name else 8 * field.bytes.plus


def rows(fields: tuple[Field, ...]) -> Iterator[Row]:
    """Put fields into rows, in their order."""
    byte: int | None = 0
    for group in _groups(fields):
        sizes = [constant(field) for field in group]
        shared = any(size is not None and size % 8 for size in sizes)
        bits = sum(size or 0 for size in sizes)
        yield Row(group, max(8, bits) if shared else WORD, byte)
        byte = None if byte is None or None in sizes else byte + bits // 8


def _groups(fields: tuple[Field, ...]) -> Iterator[tuple[Field, ...]]:
    """Fields that share bytes, and whole bytes as long as a row has room for them."""
    group: list[Field] = []
    held = 0
    for field in fields:
        size = constant(field)
        shares = held % 8 != 0
        fits = size is not None and group and not size % 8 and held + size <= WORD and _whole(group)
        if group and not shares and not fits:
            yield tuple(group)
            group, held = [], 0
        group.append(field)
        held += size or 0
    if group:
        yield tuple(group)


def _whole(group: list[Field]) -> bool:
    """Whether a group holds fields of whole bytes, each of a constant size."""
    return all((size := constant(field)) is not None and not size % 8 for field in group)


def drawn(item: Item) -> str:
    """The drawing of an item, as SVG that takes its colours from the page around it."""
    svg = svgwrite.Drawing(debug=False)
    top = 1.0
    for row in rows(item.fields):
        height = max(len(_text(row, field)) for field in row.fields) * LINE + 2 * PAD
        _draw(svg, row, top, height)
        top += height + 4
    told = ", ".join(f"{field.name} ({field.width})" for field in item.fields)
    del svg.attribs["width"], svg.attribs["height"]
    svg.attribs.update({"class": "layout", "role": "img", "aria-label": f"{item.name}: {told}"})
    svg.viewbox(0, 0, GUTTER + WIDTH + 2, round(top))
    return f'<div class="layout-frame">{svg.tostring()}</div>'


def _draw(svg: Any, row: Row, top: float, height: float) -> None:
    if row.byte is not None:
        svg.add(svg.text(str(row.byte), (GUTTER - 8, top + height / 2 + 4), text_anchor="end", class_="byte"))
    left = float(GUTTER)
    for field in row.fields:
        width = WIDTH * row.width(field)
        group = svg.g(class_="open" if row.is_open else "field", fill="none", stroke="currentColor")
        for shape in _edges(svg, row, (left, top), (width, height)):
            group.add(shape)
        lines = _text(row, field)
        first = top + (height - LINE * len(lines)) / 2 + LINE - 3
        for i, (kind, line) in enumerate(lines):
            group.add(svg.text(line, (left + width / 2, first + LINE * i), text_anchor="middle", class_=kind))
        svg.add(group)
        left += width


def _edges(svg: Any, row: Row, at: tuple[float, float], size: tuple[float, float]) -> list[Any]:
    """A box; of a field without a constant size, one whose right side is broken."""
    if not row.is_open:
        return [svg.rect(at, size)]
    (left, top), (width, height) = at, size
    right, bottom = left + width, top + height
    three = svg.polyline([(right, top), (left, top), (left, bottom), (right, bottom)])
    return [three, svg.line((right, top), (right, bottom), stroke_dasharray="3 4")]


def _text(row: Row, field: Field) -> list[tuple[str, str]]:
    """The lines in a field: its name, broken at underscores where it has to be, and its width and value."""
    room = int((WIDTH * row.width(field) - 2) / LETTER)
    lines = [("name", "")]
    for part in field.name.replace("_", "_ ").split():
        if lines[-1][1] and len(lines[-1][1]) + len(part) > room:
            lines.append(("name", ""))
        lines[-1] = ("name", lines[-1][1] + part)
    value = "" if field.value is None else f" = {number(field.value)}"
    return [*lines, ("width", field.width + value)]
