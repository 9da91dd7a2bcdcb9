"""Words, markup and references as Markdown, XML and the published text write them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Piece:
    """A word or a reference, as each form writes it, and as it counts (`bare`)."""

    markdown: str
    xml: str
    text: str
    bare: str

    def __repr__(self) -> str:
        """Show the Markdown alone."""
        return self.markdown


def same(words: str) -> Piece:
    """A piece that all forms write alike."""
    return Piece(words, words, words, words)


def keyword(words: str) -> Piece:
    """A keyword of BCP 14."""
    return Piece(words, f"<bcp14>{words}</bcp14>", words, words)


_WORDS = """
the peer, then, sends; a zero-length field, and/or an off-path one, e.g., on path 2 (which is new) as well as
a) the first, b) the next; it's 0x1f times 1.5 "that" NEW_TOKEN frame
"""
WORDS = (*map(same, _WORDS.split()), same("one -- then another"))
KEYWORDS = tuple(map(keyword, ["MUST", "MUST NOT", "SHOULD", "NOT RECOMMENDED", "MAY", "OPTIONAL"]))
SPANS = (
    Piece("`retry_token`", "<tt>retry_token</tt>", '"retry_token"', "retry_token"),
    Piece("*never*", "<em>never</em>", "_never_", "never"),
    Piece("_ever_", "<em>ever</em>", "_ever_", "ever"),
    Piece("**at once**", "<strong>at once</strong>", "*at once*", "at once"),
    Piece("2<sup>14</sup>", "2<sup>14</sup>", "2^14", "2^14"),
    Piece("2<sup>-L/2</sup>", "2<sup>-L/2</sup>", "2^(-L/2)", "2^(-L/2)"),
    Piece("x<sub>i+1</sub>", "x<sub>i+1</sub>", "x_(i+1)", "x_(i+1)"),
    Piece("5 &lt; 6&nbsp;bytes", "5 &lt; 6&#160;bytes", "5 < 6 bytes", "5 < 6 bytes"),
    Piece("a\\*b", "a*b", "a*b", "a*b"),
)
REFERENCES = (
    Piece("{{first}}", '<xref target="first"/>', "Section 1", "§"),
    Piece("{{fig-one}}", '<xref target="fig-one"/>', "Figure 1", "§"),
    Piece("{{tab-one}}", '<xref target="tab-one"/>', "Table 1", "§"),
    Piece("{{data}}", '<xref target="data"/>', "Appendix A", "§"),
    Piece("{{RFC2104}}", '<xref target="RFC2104"/>', "[RFC2104]", "§"),
    Piece("{{?RFC2104}}", '<xref target="RFC2104"/>', "[RFC2104]", "§"),
    Piece("({{RFC2104}})", '(<xref target="RFC2104"/>)', "([RFC2104])", "§"),
    Piece(
        "{{Section 5.2 of QUIC-TLS}}",
        '<xref section="5.2" sectionFormat="of" target="QUIC-TLS"/>',
        "Section 5.2 of [QUIC-TLS]",
        "§",
    ),
    Piece(
        "{{QUIC-TLS, Section 5.2}}",
        '<xref section="5.2" sectionFormat="comma" target="QUIC-TLS"/>',
        "[QUIC-TLS], Section 5.2",
        "§",
    ),
    Piece(
        "{{QUIC-TLS (Section 5.2)}}",
        '<xref section="5.2" sectionFormat="parens" target="QUIC-TLS"/>',
        "[QUIC-TLS] (Section 5.2)",
        "§",
    ),
    Piece(
        "{{Sections 5 and 6.1 of QUIC-TLS}}",
        'Sections <xref target="QUIC-TLS" section="5" sectionFormat="bare"/> and '
        '<xref target="QUIC-TLS" section="6.1" sectionFormat="bare"/> of <xref target="QUIC-TLS"/>',
        "Sections 5 and 6.1 of [QUIC-TLS]",
        "Sections § and § of §",
    ),
    Piece(
        "Appendix B.1 of {{QUIC-TLS}}",
        'Appendix B.1 of <xref target="QUIC-TLS"/>',
        "Appendix B.1 of [QUIC-TLS]",
        "§",
    ),
    Piece(
        "Sections {{<first}}, {{<first}}, and {{<data}}",
        'Sections <xref target="first" format="counter"/>, <xref target="first" format="counter"/>, and '
        '<xref target="data" format="counter"/>',
        "Sections 1, 1, and A",
        "Sections §, §, and §",
    ),
    Piece(
        "[the start](#first)", '<xref target="first">the start</xref>', "the start (Section 1)", "the start"
    ),
    Piece(
        "[a page](https://example.net/a.b)",
        '<eref target="https://example.net/a.b">a page</eref>',
        "a page (https://example.net/a.b)",
        "a page",
    ),
    Piece(
        "<https://example.net/>",
        '<eref target="https://example.net/" brackets="angle"/>',
        "<https://example.net/>",
        "https://example.net/",
    ),
)
STARTS = (
    *map(same, ["An", "It", "Endpoints", '"Quoted', "(See", "2000"]),
    Piece("`Retry`", "<tt>Retry</tt>", '"Retry"', "Retry"),
    *(piece for piece in REFERENCES if piece.bare == "§" and piece.markdown.startswith("{{")),
)
ENDS = (".", "?", ".)", '."')
