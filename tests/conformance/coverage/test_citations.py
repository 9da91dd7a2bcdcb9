"""What names clauses is found in the code itself, and is right as the code stands."""

from __future__ import annotations

from pathlib import Path

from pathproof.conformance.coverage import KINDS, Citation, citations, faults
from pathproof.conformance.judge import rules
from pathproof.model.machines import NAMES, find
from pathproof.spec.clauses import load

TESTS = Path(__file__).parents[2]
ALL = list(citations(TESTS))


def of(kind: str) -> dict[str, Citation]:
    """The citations of one kind by name."""
    return {citation.name: citation for citation in ALL if citation.kind == kind}


def test_nothing_is_wrong_between_clauses_and_code() -> None:
    """Every citation exists, every claimed action cites, and what nothing covers has a reason."""
    assert faults(ALL) == []


def test_every_action_claim_and_rule_is_found() -> None:
    """What a machine or the judge registers is read from there, with the function that does it."""
    for name in NAMES:
        machine = find(name)
        assert set(of("action")) >= {f"{name}.{action}" for action in machine.actions}
        assert set(of("invariant")) | set(of("witness")) >= {f"{name}.{claim}" for claim in machine.claims}
    assert set(of("trace rule")) == {rule.name for rule in rules()}
    assert of("action")["cid_supply.issue"].where.startswith("pathproof.model.cid_supply.actions:")


def test_every_action_claim_and_rule_names_a_clause() -> None:
    """What an end does, what is claimed and judged follows from the text; what happens to it need not."""
    kinds = ("action", "invariant", "proof", "trace rule")
    bare = [citation.name for citation in ALL if citation.kind in kinds and not citation.clauses]
    happens = [
        f"{name}.{action.name}"
        for name in NAMES
        for action in find(name).actions.values()
        if action.kind == "environment"
    ]
    assert set(bare) <= set(happens)


def test_kinds_are_those_of_the_table() -> None:
    """Every kind has a column; vectors are to come, and nothing pretends to be one."""
    assert {citation.kind for citation in ALL} == set(KINDS) - {"vector"}


def test_a_proof_is_of_a_claim_that_is_proved() -> None:
    """Witnesses have no proof; the other claims of a machine do."""
    proved, witnesses = set(of("proof")), set(of("witness"))
    assert proved and not proved & witnesses


def test_a_wrong_citation_is_a_fault() -> None:
    """A clause that does not exist is named together with what names it."""
    wrong = Citation("trace rule", "made_up", ("RFC9000-5.1.1-99",))
    assert faults([*ALL, wrong]) == ["trace rule made_up cites RFC9000-5.1.1-99, which does not exist"]


def test_an_action_that_does_not_cite_is_a_fault() -> None:
    """A clause claims `issue`; without the citation that is said, in the other direction too."""
    silent = [one for one in ALL if one.name != "cid_supply.issue"]
    claimed = [clause.id for clause in load().values() if "cid_supply.issue" in clause.actions]
    said = faults(silent)
    assert len(claimed) > 5
    for clause in claimed:
        assert f"{clause} claims the action cid_supply.issue, which does not cite it" in said


def test_an_uncovered_clause_without_a_reason_is_a_fault() -> None:
    """With no citation at all, each clause whose home is there and that has no reason of its own is said."""
    said = faults([])
    bare = [c.id for c in load().values() if c.concept == "cid_supply" and not c.uncovered]
    assert {f"{clause} is covered by nothing, and no reason is given" for clause in bare} <= set(said)


def test_a_reason_for_what_is_covered_is_a_fault() -> None:
    """A reason that outlived its cause is said."""
    excused = next(clause.id for clause in load().values() if clause.uncovered)
    said = faults([*ALL, Citation("trace rule", "late", (excused,))])
    assert said == [f"{excused} is covered, and a reason why it is not is given all the same"]
