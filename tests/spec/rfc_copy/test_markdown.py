"""Markdown is parted into the sections that its published form has."""

import pytest

from pathproof.spec.rfc_copy.markdown import blocks


def of(middle: str, back: str = "") -> dict[str, list[str]]:
    """The blocks of a document."""
    return blocks(f"title: x\n\n--- abstract\n\n# No\n\n--- middle\n\n{middle}\n\n--- back\n\n{back}\n")


def test_sections_are_counted_and_appendices_have_letters() -> None:
    """Headings give the numbers, in the middle and in the back."""
    found = of("# A\n\n1\n\n## B\n\n2\n\n### C\n\n# D\n\n## E\n\n3", "# F\n\n4\n\n## G\n\n# H")
    assert found == {
        "1": ["1"],
        "1.1": ["2"],
        "1.1.1": [],
        "2": [],
        "2.1": ["3"],
        "A": ["4"],
        "A.1": [],
        "B": [],
    }


@pytest.mark.parametrize(
    "mark",
    ['\n{: numbered="false"}', "\n{:numbered=false}", '\n{: #x numbered="false"}', ' {: numbered="false"}'],
)
def test_a_section_without_number_counts_for_nothing(mark: str) -> None:
    """Nor does what is inside it, and the next section has the next number."""
    assert of(f"# A\n\n## B{mark}\n\nNo.\n\n### C\n\nNo.\n\n## D\n\nYes.\n\n# E{mark}\n\n# F") == {
        "1": [],
        "1.1": ["Yes."],
        "2": [],
    }


def test_the_mark_of_the_next_heading_is_not_that_of_this_one() -> None:
    """A mark in the line below counts if that line is nothing else."""
    assert list(of("# A\n\n# B {: numbered=false}\n\n# C")) == ["1", "2"]


def test_attributes_may_stand_before_a_heading() -> None:
    """As before any block; what is said of numbers in the text below is no attribute."""
    assert of('# A\n\nOne.\n\n{: #x}\n# B\nIt has numbered="false" in it.') == {
        "1": ["One."],
        "2": ['It has numbered="false" in it.'],
    }


def test_what_looks_like_a_heading_in_a_figure_or_paragraph_is_none() -> None:
    """In fences of either kind, whatever stands between, and in the midst of prose."""
    figure = "~~~~ abnf\n# No\n~~~\n\n# No\n~~~~\n"
    assert of(f"# A\n\n{figure}\n```\n# No\n```\n\nThe\n# of peers.") == {"1": ["The\n# of peers."]}


def test_comments_are_left_out_wherever_they_end() -> None:
    """Both kinds, over lines and headings; what is not closed is text."""
    assert of("# A\n\nIt <!-- must\n\n# No\n\n--> waits.\n\n{::comment}\n# No\n{:/comment}\n\nIt ends.") == {
        "1": ["It  waits.", "It ends."]
    }
    assert of("# A\n\nAn arrow <!-- of one kind.") == {"1": ["An arrow <!-- of one kind."]}


def test_the_parts_are_those_of_whole_lines() -> None:
    """A mention of a part in prose begins none."""
    assert of("# A\n\nWrite\n--- back to me.\n\n--- backwards\n\n# B") == {
        "1": ["Write\n--- back to me.", "--- backwards"],
        "2": [],
    }
