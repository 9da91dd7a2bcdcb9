"""XML of either version is parted into the sections and blocks that its published form has."""

import pytest

from pathproof.spec.rfc_copy import xml
from pathproof.spec.rfc_copy.xml import blocks


def cut(inside: str) -> list[str]:
    """The blocks of one section."""
    [found] = blocks(f"<rfc><middle><section>{inside}</section></middle></rfc>").values()
    return found


def test_sections_are_numbered() -> None:
    """In the middle and in the back, without those that have no number and what is inside them."""
    hidden = '<section numbered="false"><t>No.</t><section><t>No.</t></section></section>'
    middle = f"<section><name>A</name><t>1</t>{hidden}<section><t>2</t></section></section>{hidden}<section/>"
    back = f"<references><section/></references><section><t>3</t></section>{hidden}"
    assert blocks(f"<rfc><front/><middle>{middle}</middle><back>{back}</back></rfc>") == {
        "1": ["1"],
        "1.1": ["2"],
        "2": [],
        "A": ["3"],
    }


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<t>It <bcp14>MUST</bcp14> <em>wait</em>.</t>", ["It MUST wait."]),
        ('<t>See <xref target="a"/> and <xref target="a">this</xref>.</t>', ["See § and this."]),
        ('<t><eref target="https://a.net/"/> <eref target="b">c</eref></t>', ["https://a.net/ c"]),
        ('<t>By <contact fullname="A. B."/>.</t>', ["By A. B.."]),
        ("<t>2<sup>14</sup><br/>x<sub>i</sub></t>", ["2<sup>14</sup>\nx<sub>i</sub>"]),
        ('<t>It<iref item="x"/>self<cref>No.</cref><!-- no --></t>', ["Itself"]),
        (
            "<ul><li>A</li><li><t>B</t><t>C</t></li><li>D<ol><li>E</li></ol></li></ul>",
            ["A", "B", "C", "D", "E"],
        ),
        ("<dl><dt>A</dt><dd>B</dd><dt>C</dt><dd><t>D</t></dd></dl>", ["B", "D"]),
        ("<aside><t>A</t></aside><blockquote>No<t>B</t></blockquote>", ["A", "B"]),
        ("<figure><name>A</name><artwork>B</artwork></figure><sourcecode>C</sourcecode>", []),
        (
            "<table><name>No</name><thead><tr><th>A</th><th>B</th></tr></thead>"
            "<tbody><tr><td><t>C</t><t>D</t></td><td/></tr></tbody></table>",
            ["A | B", "C D | "],
        ),
        (
            "<texttable><ttcol>A</ttcol><ttcol>B</ttcol><c>C</c><c>D</c><c>E</c><c>F</c></texttable>",
            ["A | B", "C | D", "E | F"],
        ),
        (
            '<t>A:<list style="hanging"><t hangText="No">B<vspace blankLines="1"/>C</t></list></t>',
            ["A:", "B", "C"],
        ),
        ("<texttable><c>A</c></texttable>", ["A"]),
    ],
)
def test_cut(inside: str, found: list[str]) -> None:
    """Elements of version 3 and those that version 2 had in their place."""
    assert cut(inside) == found


def test_entities_of_the_document_and_of_its_kind() -> None:
    """What the file declares, what the usual declarations outside it would, and references left unread."""
    head = '<!DOCTYPE rfc SYSTEM "rfc2629.dtd" [<!ENTITY who "peer"><!ENTITY RFC1 SYSTEM "file:///etc/hostname">]>'
    content = f"{head}<rfc><middle><section><t>&who;&nbsp;&amp;&nbhy;.&RFC1;</t></section></middle></rfc>"
    assert blocks(content) == {"1": ["peer\xa0&\u2011."]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<rfc><t></rfc>", "not well-formed XML: mismatched tag: line 1, column 10"),
        ("<rfc>&who;</rfc>", "not well-formed XML: undefined entity: line 1, column 5"),
        ("<rfc>" + "<t>" * 100, "elements nested deeper than 100, so no RFC"),
        ("<rfc>\f</rfc>", "not well-formed XML: not well-formed (invalid token): line 1, column 5"),
    ],
)
def test_what_is_no_document_is_refused(content: str, message: str) -> None:
    """With the place, or the measure it exceeds."""
    with pytest.raises(ValueError) as raised:
        blocks(content)
    assert str(raised.value) == message


def test_nesting_as_deep_as_is_read() -> None:
    """Every level counts, and the deepest is read without exhausting anything."""
    depth = xml.DEEPEST - 3
    found = blocks(
        "<rfc><middle>" + "<section>" * depth + "<t>A</t>" + "</section>" * depth + "</middle></rfc>"
    )
    assert len(found) == depth and found[".".join("1" * depth)] == ["A"]
