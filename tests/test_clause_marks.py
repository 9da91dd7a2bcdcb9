"""A mark that is not true fails its test: no code of the clause runs, or the clause does not exist."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

LIMIT, ORDER = "RFC9000-5.1.1-13", "RFC9000-5.1.1-06"
USES_ISSUE = f"""
    import pytest
    from pathproof.model.cid_supply import machine
    from pathproof.model.execute import initial

    @pytest.mark.clause({LIMIT!r}, {ORDER!r})
    def test_it():
        parameters = machine.setting({{"limit": 3}})
        assert machine.actions["issue"].function(initial(machine, parameters), parameters, 0)
"""


@pytest.fixture
def outcome(pytester: pytest.Pytester) -> object:
    """Run one test file under the hooks, and return its outcomes with the text of the report."""
    pytester.makeconftest("from tests.clause_marks import pytest_collection_modifyitems, pytest_pyfunc_call")
    pytester.makeini("[pytest]\nmarkers = clause: names clauses")

    def run(source: str) -> tuple[dict[str, int], str]:
        pytester.makepyfile(source)
        result = pytester.runpytest_inprocess("-p", "no:randomly")
        return result.parseoutcomes(), "\n".join([*result.outlines, *result.errlines])

    return run


def test_a_mark_whose_code_runs_passes(outcome) -> None:  # type: ignore[no-untyped-def]
    """The action `issue` names the limit and the order of numbers."""
    assert outcome(USES_ISSUE)[0] == {"passed": 1}


def test_a_mark_whose_code_does_not_run_fails(outcome) -> None:  # type: ignore[no-untyped-def]
    """The report says which clause was named in vain."""
    found, said = outcome(USES_ISSUE.replace(ORDER, "RFC9000-19.16-06"))
    assert found == {"failed": 1}
    assert "names RFC9000-19.16-06 and executes no code that does" in said


def test_a_reason_excuses_what_does_not_run_and_nothing_else(outcome) -> None:  # type: ignore[no-untyped-def]
    """A reason is for code that runs elsewhere; where the code does run, it is stale."""
    excused = f'@pytest.mark.clause("{LIMIT}", because="elsewhere")'
    assert outcome(f"import pytest\n{excused}\ndef test_it():\n    pass")[0] == {"passed": 1}
    found, said = outcome(USES_ISSUE.replace(f"{ORDER!r})", f"{ORDER!r}, because='elsewhere')"))
    assert found == {"failed": 1}
    assert "says why no code" in said


def test_a_clause_that_does_not_exist_stops_the_run(outcome) -> None:  # type: ignore[no-untyped-def]
    """A misspelt id is an error before any test runs."""
    found, said = outcome(USES_ISSUE.replace(LIMIT, "RFC9000-5.1.1-99"))
    assert "passed" not in found
    assert "names RFC9000-5.1.1-99, which is no clause" in said
