"""Pages of a draft are joined again, and list items are known by what marks them."""

import pytest

from pathproof.spec.rfc_copy.pages import lines_of, marker, opens_list

FULL = "   It waits for the peer, which waits for what the other one is going to"
FOOT = "Nobody                  Expires 1 May 2024                      [Page 9]"
TOP = "Internet-Draft              Invented                       November 2023"


def joined(before: str, after: str, foot: str = FOOT, top: str = f"\f{TOP}") -> str:
    """The lines around the end of a page, without it."""
    return "\n".join(lines_of(f"{before}\n\n\n{foot}\n{top}\n\n\n{after}"))


@pytest.mark.parametrize("top", [f"\f{TOP}", f"\f\n{TOP}", TOP, "\f"])
@pytest.mark.parametrize("foot", [FOOT, "Nobody, et al.    Informational    [Page xii]"])
def test_a_paragraph_that_a_page_cut_is_whole(foot: str, top: str) -> None:
    """Whether the feed stands before the header, alone, or not at all."""
    assert joined(FULL, "   say, and so on.", foot, top) == f"{FULL}\n   say, and so on."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FULL, "   MUST NOT wait."),
        (FULL[:68], "   long."),
        (FULL, "   0x18 to come."),
        (f"   *  It\n{FULL.replace('It w', '   W')}", "      say it."),
        ("   *  " + FULL.strip(), "      say it."),
        ("   Long Term:  " + FULL.strip(), "      say it."),
        (FULL.replace("going to", "going, e.g."), "   sayings. It ends."),
        ("   | cell | cell |", "   | cell | cell |"),
    ],
)
def test_it_goes_on(before: str, after: str) -> None:
    """The first word of the new page had no room in the line before, and stands where that began."""
    assert joined(before, after) == f"{before}\n{after}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FULL + "o.", "   Then it ends."),
        (FULL, "   *  it ends."),
        (FULL, "   Term:  it ends."),
        (FULL, "      it ends."),
        ("   It waits", "   and ends."),
        (FULL.replace("going to", "told to:"), "   wait."),
        (FULL[:68], "   and ends."),
        (FULL, "Acknowledgments"),
        ("Title so long that it fills a line of the published text to its end, as", "   it may."),
        ("Title so long that it fills a line of the published text to its end, as", "Acknowledgments"),
        (FULL, TOP),
        ("   | cell | cell |", "   It ends."),
    ],
)
def test_it_does_not_go_on(before: str, after: str) -> None:
    """A new paragraph, item, or what stands after a drawing or title."""
    assert joined(before, after) == f"{before}\n\n{after}"


def test_lines_elsewhere_are_left_alone() -> None:
    """A header is one only right after the end of a page, and blank lines inside a page stay."""
    assert lines_of(f"{TOP}\n\n\n   It  \n") == [TOP, "", "", "   It", ""]
    assert lines_of(f"\f\n   It\n{TOP}") == ["", "   It", TOP]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("   *  It", "*  "),
        ("o  It", "o  "),
        ("   1.  It", "1.  "),
        ("   12. It", "12. "),
        ("   a)  It", "a)  "),
        ("   (iv)  It", "(iv)  "),
        ("   Max Data (0x04):  It.  It", "Max Data (0x04):  "),
        ("   Term  It.  It", "Term  "),
        ("   A:    It", "A:    "),
        ("   a) it", ""),
        ("   - it", ""),
        ("   1. it", ""),
        ('   It "waits."  It ends', ""),
        ("   (It waits.)  It ends", ""),
        ("   It waits.", ""),
        ("   |  It", ""),
        ("", ""),
    ],
)
def test_marker(line: str, mark: str) -> None:
    """Symbols, numbers and terms have two spaces behind them; inside prose only the end of a sentence has."""
    assert marker(line) == mark


def test_only_a_symbol_or_the_first_number_opens_a_list_inside_an_item() -> None:
    """Another number is the end of a sentence that a line's end cut."""
    opening = ["*  It", "   -  It", "1.  It", "a)  It", "i.  It"]
    assert all(map(opens_list, opening))
    assert not any(map(opens_list, ["2.  It", "b)  It", "Term:  It", "It waits."]))
