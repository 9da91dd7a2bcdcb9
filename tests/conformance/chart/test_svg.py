"""SVG charts: well-formed, complete, inside the picture, and the same every time."""

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st

from pathproof.conformance.chart import Chart, Message, Step, describe, render_svg
from pathproof.conformance.chart.fonts import Font
from pathproof.conformance.chart.wrap import printable

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = st.from_type(Chart)


def texts(picture: str) -> list[ElementTree.Element]:
    """All texts of a picture, in the order they are drawn."""
    return list(ElementTree.fromstring(picture).iter(f"{SVG}text"))


def extent(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Estimate where a text stands: left, top, right, bottom."""
    font = Font(text.get("font-family", ""), int(text.get("font-size", "0")), text.get("font-weight", ""))
    x, y, width = float(text.get("x", "")), float(text.get("y", "")), font.measure(text.text or "")
    left = x if text.get("text-anchor") == "start" else x - width / 2
    return left, y - font.size, left + width, y + font.size // 4


def squeezed(text: str) -> str:
    """A text without its spaces."""
    return "".join(printable(text).split())


@example(Chart("CID  {0, 2}  {0, 2}  0000C  000000000  000000000000", ("issuer",), ()))
@given(CHARTS)
def test_every_text_stands_inside_the_picture(chart: Chart) -> None:
    """By widths estimated from above, no text crosses the border of the view box."""
    picture = render_svg(chart)
    _, _, width, height = map(int, (ElementTree.fromstring(picture).get("viewBox") or "").split(","))
    for text in texts(picture):
        left, top, right, bottom = extent(text)
        assert 0 <= left <= right <= width
        assert 0 <= top <= bottom <= height


@given(CHARTS)
def test_no_text_covers_another(chart: Chart) -> None:
    """By the same estimate, no two texts overlap."""
    for one, other in combinations(map(extent, texts(render_svg(chart))), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@given(CHARTS)
def test_every_label_is_written_out(chart: Chart) -> None:
    """The picture holds each label, detail, state and divider, in order, besides the lanes and the title."""
    drawn = "".join(squeezed(text.text or "") for text in texts(render_svg(chart)))
    assert drawn.startswith(squeezed(chart.title + "".join(chart.lanes)))
    at = 0
    for row in chart.rows:
        for part in (row.label, row.detail) if isinstance(row, Message | Step) else (row.text,):
            at = drawn.index(squeezed(part), at) + len(squeezed(part))


@given(CHARTS)
def test_a_chart_is_also_told_in_words(chart: Chart) -> None:
    """A screen reader finds a title and the rows as sentences."""
    root = ElementTree.fromstring(render_svg(chart))
    assert root.get("role") == "img"
    assert squeezed(root.findtext(f"{SVG}title") or "") == squeezed(chart.title)
    assert squeezed(root.findtext(f"{SVG}desc") or "") == squeezed(describe(chart))


@given(CHARTS)
def test_equal_charts_give_equal_documents(chart: Chart) -> None:
    """Nothing in a document depends on when or where it was drawn."""
    assert render_svg(chart) == render_svg(chart)


def test_an_attack_is_told_apart_without_colour() -> None:
    """An attacker's arrow is dashed and carries a diamond; another's has neither."""
    plain = render_svg(Chart("t", ("a", "b"), (Message("a", "b", "PING"),)))
    attack = render_svg(Chart("t", ("a", "b"), (Message("a", "b", "PING", kind="attack"),)))
    assert "stroke-dasharray" in attack
    assert "stroke-dasharray" not in plain
    assert "sent by an attacker, or against the rules" in attack


def test_markup_in_a_label_is_text() -> None:
    """A label from a trace cannot add elements to the document."""
    picture = render_svg(Chart("t", ("a",), (Step("a", "<script>alert(1)</script>"),)))
    assert "<script>" not in picture
    assert "<script>" in "".join(text.text or "" for text in texts(picture))
