"""Files made to do harm, or by mistake: an error of one line or a result, for work in proportion to size."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.rfc_copy.as_markdown import markdown
from tests.spec.rfc_copy.as_text import pages
from tests.spec.rfc_copy.as_xml import xml
from tests.spec.rfc_copy.test_forms_agree import SMALL

from pathproof.spec.rfc_copy import parse, read

FORMS = {
    "markdown": ("number: 9000\n--- middle\n# One\n\nAn end.\n", ""),
    "text": ("Request for Comments: 9000\n\n1.  One\n\n   An end.\n", ""),
    "xml": ('<rfc number="9000"><middle><section><t>An end. ', "</t></section></middle></rfc>"),
}
UNITS = [
    *[
        "<!--",
        "{::comment}",
        "{{",
        "{{Sections a of ",
        "[A-",
        "[A]",
        "[x](",
        "<sup>",
        "<https:",
        "<tt ",
        "<br ",
    ],
    *[
        "**",
        "*a",
        "_a",
        "_",
        "^(",
        "a_(",
        "Section 1 of ",
        "Sections 1, ",
        "§, ",
        "(https://",
        "(",
        " -- ",
        "-",
    ],
    *[
        "MUST ",
        "a. ",
        "A. ",
        ".)",
        ". ",
        " ",
        "\t",
        "\xa0",
        "\f",
        "`",
        "\\",
        '"',
        "&lt;",
        "draft-",
        "<rfc ",
        "/",
    ],
    *["\n: x", "\nx\n\n: x", "\n* x", "\n1. x", "\n   1.  x", "\n   *  x", "\n      -  y", "\n|a", "\n+-+"],
    *[
        "\n~~~",
        "\n# a\n",
        "\n\n## a\n",
        "\n   {",
        "\n   x {\n   }",
        "\n\n",
        "a  b",
        "\n   |  a",
        "|",
        "- ",
        ">",
    ],
    *["\nx [Page 1]\n", "\n\fx    y 2024\n", "\n--- back\n", "\n2.  Q\n", "\n\n   Figure 1:", "\n\nAbc"],
    *["\nx\ny", "\n> ", "\n{:", "\n   a:  b", "=|", "#"],
]
SMALLER, LARGER = 4_000, 32_000
LEAST = 0.002
"""Seconds of processor time that count as none."""


def outcome(content: str) -> str:
    """What reading a content comes to; an error is one line with the name."""
    try:
        return parse(content, "name").form
    except ValueError as error:
        assert str(error).startswith("name: ") and len(str(error).splitlines()) == 1
        return "refused"


def work(content: str) -> float:
    """The processor time of reading a content."""
    started = time.process_time()
    outcome(content)
    return max(time.process_time() - started, LEAST)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
@pytest.mark.parametrize("form", FORMS)
def test_work_grows_with_size(form: str, unit: str) -> None:
    """Eight times the size costs at most 40 times as much, where its square would cost 64 times as much."""
    head, tail = FORMS[form]
    repeated = escape(unit) if form == "xml" else unit
    small, large = (head + repeated * (size // len(repeated)) + tail for size in (SMALLER, LARGER))
    assert any(work(large) <= 5 * (LARGER / SMALLER) * work(small) for _ in range(5))


def test_marks_of_a_fence_before_a_span() -> None:
    """Where a line has a mark again behind the fence's own, it is none, and that is told once a line."""
    head, tail = FORMS["markdown"]
    small, large = (f"{head}{'`' * size} `x`{tail}" for size in (8 * SMALLER, 8 * LARGER))
    assert any(work(large) <= 5 * (LARGER / SMALLER) * work(small) for _ in range(5))


@pytest.mark.parametrize("line", ["x" * 1_000_000, "It waits. " * 100_000, "   " * 400_000 + "x"])
@pytest.mark.parametrize("form", FORMS)
def test_a_very_long_line(form: str, line: str) -> None:
    """Is read as any other."""
    head, tail = FORMS[form]
    assert outcome(head + line + tail) == form


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
HUGE = f'<!ENTITY e9 "{"x" * 1000}">'


@pytest.mark.parametrize("declared", [f'<!ENTITY e0 "ha">{ENTITIES}', HUGE], ids=["nested", "repeated"])
@pytest.mark.parametrize("used", ["<t>{}</t>", '<t a="{}"/>'], ids=["text", "attribute"])
def test_entities_that_expand_without_measure(declared: str, used: str) -> None:
    """Are refused before they fill the memory."""
    inside = used.format("&e9;" * 500)
    content = (
        f'<!DOCTYPE rfc [{declared}]><rfc number="9000"><middle><section>{inside}</section></middle></rfc>'
    )
    with pytest.raises(ValueError, match=r"^name: (entities that expand|not well-formed XML: limit on)"):
        parse(content, "name")


@pytest.mark.parametrize("tag", ["t", "section", "li", "sup", "unknown"])
def test_xml_nested_beyond_measure(tag: str) -> None:
    """Is refused, closed or not, and never a RecursionError."""
    nested = f"<{tag}>" * 50_000
    for tail in ("", f"</{tag}>" * 50_000 + "</section></middle></rfc>"):
        with pytest.raises(ValueError, match=r"^name: elements nested deeper than 100, so no RFC$"):
            parse(f'<rfc number="9000"><middle><section>{nested}{tail}', "name")


@pytest.mark.parametrize("mark", ["> ", "|  ", "* ", "   |", "{{", "(", "[", "<t>"])
@pytest.mark.parametrize("form", ["markdown", "text"])
def test_marks_nested_beyond_measure(form: str, mark: str) -> None:
    """Are read, whatever comes of them."""
    head, tail = FORMS[form]
    assert outcome(f"{head}\n{mark * 50_000}x\n\n   {mark * 50_000}It waits.\n{tail}") == form


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    """Are refused with the name of the file, since they do not say what they are."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy"
        path.write_bytes(content)
        with pytest.raises(ValueError) as raised:
            read(path)
        assert str(raised.value).startswith(f"{path}: ") and len(str(raised.value).splitlines()) == 1


SEEDS = [markdown(SMALL), xml(SMALL, prepared=True), pages(SMALL, 20)]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 30), st.text(max_size=8)), max_size=8),
)
def test_documents_with_anything_put_in_or_left_out(seed: str, changes: list[tuple[int, int, str]]) -> None:
    """Are read or refused in one line."""
    for place, length, put in changes:
        at = place % len(seed)
        seed = seed[:at] + put + seed[at + length :]
    outcome(seed)


@given(st.sampled_from(list(FORMS)), st.lists(st.sampled_from(UNITS), max_size=30))
def test_any_mixture_of_marks(form: str, units: list[str]) -> None:
    """Is read or refused in one line."""
    head, tail = FORMS[form]
    outcome(head + "".join(map(escape, units) if form == "xml" else units) + tail)
