"""The marks of tests are read without running them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathproof.conformance.coverage.in_tests import Mark, marks

SOURCE = """
import pytest

@pytest.mark.clause("RFC9000-5.1.1-13", "RFC9000-5.1.1-14")
@pytest.mark.parametrize("x", [1, 2])
def test_one(x):
    pass

@pytest.mark.clause("RFC9000-5.1.1-15", because="elsewhere")
class TestTwo:
    @pytest.mark.clause("RFC9000-5.1.1-16")
    def test_three(self):
        pass

    def test_four(self):
        pass

@pytest.mark.clause("RFC9000-5.1.1-17")
def helper():
    pass
"""


def test_marks_of_functions_and_classes_are_found(tmp_path: Path) -> None:
    """Names are those that pytest gives; a function that is no test has no say."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "test_it.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "inner" / "helpers.py").write_text(SOURCE, encoding="utf-8")
    assert list(marks(tmp_path)) == [
        Mark("inner/test_it.py::test_one", ("RFC9000-5.1.1-13", "RFC9000-5.1.1-14")),
        Mark("inner/test_it.py::TestTwo", ("RFC9000-5.1.1-15",), "elsewhere"),
        Mark("inner/test_it.py::TestTwo::test_three", ("RFC9000-5.1.1-16",)),
    ]


@pytest.mark.parametrize("decorator", ["skip", "skipif(True, reason='x')", "xfail"])
def test_a_test_that_may_not_run_does_not_count(tmp_path: Path, decorator: str) -> None:
    """Nor does one that says why no code of the clause runs in it; both are read all the same."""
    mark = '@pytest.mark.clause("RFC9000-5.1.1-13")'
    excused = f"{mark[:-1]}, because='elsewhere')"
    lines = [f"@pytest.mark.{decorator}", mark, "def test_one(): ...", excused, "def test_two(): ..."]
    source = "\n".join([*lines, mark, "def test_three(): ..."])
    (tmp_path / "test_it.py").write_text(source, encoding="utf-8")
    assert [mark.is_measured for mark in marks(tmp_path)] == [False, False, True]


@pytest.mark.parametrize("given", ["", "LIMIT", "5", '"a", LIMIT', '*["a"]'])
def test_a_mark_that_cannot_be_read_is_refused(tmp_path: Path, given: str) -> None:
    """A name, a number or nothing at all is no clause id; the message has file and line."""
    path = tmp_path / "test_it.py"
    path.write_text(f"\n@pytest.mark.clause({given})\ndef test_it():\n    pass\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"test_it\.py: line 2: a clause mark is given ids as strings"):
        list(marks(tmp_path))


def test_a_file_that_is_no_python_is_refused(tmp_path: Path) -> None:
    """The message has file and line, and nothing is left out in silence."""
    (tmp_path / "test_it.py").write_text("def test_it(:\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"test_it\.py: line 1: "):
        list(marks(tmp_path))
