"""The judge against the machine: honest ends are never judged violated, whatever the network did."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathproof.conformance.judge import judge, summary
from pathproof.conformance.judge.from_run import events_of_run
from pathproof.conformance.judge.settings import JUDGED
from pathproof.model import mutant as mutation
from pathproof.model.cid_supply import machine
from pathproof.model.domains import Choice
from pathproof.model.execute import initial, successors
from pathproof.model.explorer.search import explore

READINGS = {
    declared.name: declared.metadata["domain"].names
    for declared in fields(machine.parameters)
    if isinstance(declared.metadata.get("domain"), Choice) and declared.name != "rogue"
}


@st.composite
def parameters(draw: Any, rogue: Any) -> Any:
    """Parameters of the machine: every reading, several limits."""
    numbers = {"cids": st.integers(3, 6), "limit": st.integers(2, 4), "retirements": st.integers(1, 4)}
    chosen = {name: draw(values) for name, values in numbers.items()}
    chosen |= {name: draw(st.sampled_from(names)) for name, names in READINGS.items()}
    return machine.setting({**chosen, "rogue": rogue})


@st.composite
def runs(draw: Any, rogue: Any = "nobody") -> Any:
    """Parameters and a run of up to 40 steps; every enabled action is as likely as the others."""
    p = draw(parameters(rogue))
    state, steps = initial(machine, p), []
    random = draw(st.randoms(use_true_random=False))
    for _ in range(draw(st.integers(0, 40))):
        enabled = list(successors(machine, state, p))
        if not enabled:
            break
        name = random.choice(sorted({action.name for action, _, _ in enabled}))
        action, arguments, after = random.choice([step for step in enabled if step[0].name == name])
        steps.append((action.name, arguments, state, after))
        state = after
    return p, steps


def breaches(report: Any, subject: Any = None) -> Any:
    """The violations of a report, as text."""
    return [
        str(finding)
        for verdict in report.violated
        for finding in verdict.violations
        if subject in (None, verdict.subject)
    ]


FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("endpoint", ["consumer", "issuer"])
@FEW
@given(run=runs())
def test_honest_ends_are_never_judged_violated(endpoint: Any, run: Any) -> None:
    """No false alarm, on either side, under any reading that the ends follow and under the defaults."""
    p, steps = run
    trace = events_of_run(machine, p, steps, endpoint)
    assert breaches(judge(trace)) == []
    followed = {name: getattr(p, name) for name in JUDGED if hasattr(p, name)}
    assert breaches(judge(trace, followed)) == []


@pytest.mark.parametrize(("endpoint", "rogue"), [("consumer", "issuer"), ("issuer", "consumer")])
@FEW
@given(data=st.data())
def test_an_honest_end_is_not_blamed_for_its_peer(endpoint: Any, rogue: Any, data: Any) -> None:
    """Whatever a peer breaks, the end that keeps the rules and the log is judged violated in nothing."""
    p, steps = data.draw(runs(rogue))
    report = judge(events_of_run(machine, p, steps, endpoint), {"error_code": "exact"})
    assert breaches(report, "local") == []


SILENT = {
    "duplicate_retires_it": "retiring what is not in use is no breach",
    "duplicate_counts_twice": "an endpoint may close without a cause that the trace shows",
    "retired_comes_back": "nothing is sent under it in the run",
    "prior_is_not_checked": "the consumer has no connection ID left to go on with",
    "prior_meets_the_wrong_error": "a generic code stands in for every other",
    "length_is_checked_as_in_a_draft": "an endpoint may close without a cause that the trace shows",
    "contradictions_are_taken_for_copies": "closing on a contradiction is a MAY",
    "retirements_are_unbounded": "closing at the bound is a MAY",
    "unseen_ones_are_retired_without_bound": "closing at the bound is a MAY",
    "retirements_are_not_counted": "closing at the bound is a MAY",
    "only_the_last_address_is_remembered": "no addresses are in the trace",
    "gap_is_an_error": "an endpoint may close without a cause that the trace shows",
    "own_destination_is_not_checked": "closing on it is a MAY",
    "moves_under_the_same_connection_id": "no addresses are in the trace",
    "repeated_retirement_is_an_error": "an endpoint may close without a cause that the trace shows",
    "retirement_of_the_oldest_is_an_error": "an endpoint may close without a cause that the trace shows",
    "limit_is_counted_before_retiring": "an endpoint may close without a cause that the trace shows",
    "retires_before_the_replacement": "an endpoint may close without a cause that the trace shows",
    "copies_and_contradictions_are_swapped": "an endpoint may close without a cause that the trace shows",
    "all_are_retired_at_once": "the consumer has no connection ID left to go on with",
    "full_queue_drops_retirements": "what waits for an acknowledgment is known inside only",
    "lower_prior_is_obeyed": "nothing is sent under it in the run",
    "a_queued_one_is_taken_for_new": "nothing is sent under it in the run",
    "one_more_is_retired": "a frame that the trace does not show may have brought the number",
}
"""The mutants of which the shortest run shows no breach on the wire, and why."""


ENDLESS = {
    "absent_limit_is_zero",
    "acknowledgment_is_misread",
    "lost_frame_is_not_repeated",
    "preferred_address_counts_twice",
    "retired_ones_are_not_replaced",
}
"""The mutants that only endless runs give away: no trace is long enough."""


@pytest.mark.parametrize("name", sorted(set(mutation.mutants(machine)) - ENDLESS))
def test_runs_of_mutants_are_judged_violated(name: Any) -> None:
    """The judge, which knows nothing of the mutant, finds the clause that its run breaks."""
    mutant = mutation.find(machine, name)
    p = machine.setting({"cids": 3, "rogue": "nobody", **mutant.settings})
    with mutation.applied(machine, mutant):
        claims = machine.made(p)
        run = explore(machine, p, claims).violation
    assert run is not None
    report = judge(events_of_run(machine, p, run, mutant.endpoint))
    found = {verdict.clause for verdict in report.violated if verdict.subject == "local"}
    if name in SILENT:
        assert not found, SILENT[name]
    else:
        assert found, summary([report])


def test_an_unknown_action_or_end_is_refused() -> None:
    """A run of another machine is no run of this one."""
    p = machine.setting()
    with pytest.raises(ValueError, match="cid_supply has no action swim"):
        events_of_run(machine, p, [("swim", {}, None, None)])
    with pytest.raises(ValueError, match="an end is one of consumer, issuer, not server"):
        events_of_run(machine, p, [], "server")
