"""Several threads: whatever one thread reports, any number of them reports."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from tests.model.explorer.machines import Bounds, Walker, counter, everything
from tests.model.explorer.test_search import jump, not_three, small_steps
from tests.model.oracle.quic_cid import ORACLE

from pathproof.model.explorer import Compiled, Exploration, RangeError, explore, kernel, layers, share
from pathproof.model.explorer.states import shaped
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import count, has

MEASURED = ("seconds", "compile_seconds", "bytes_per_state")


def told(done: Exploration) -> dict[str, Any]:
    """All that does not depend on how fast the machine is."""
    return {name: value for name, value in asdict(done).items() if name not in MEASURED}


def assert_same(machine: Machine, bounds: dict[str, int], **options: Any) -> Exploration:
    """One thread, two and three answer the same."""
    setting = machine.setting(bounds)
    one, *others = (explore(machine, setting, jobs=jobs, **options) for jobs in (1, 2, 3))
    assert all(told(other) == told(one) for other in others)
    return one


@pytest.mark.parametrize("words", [1, 2, 4])
@pytest.mark.parametrize("slice_", [1, 100, 1 << 16])
def test_graph_is_the_same(words: int, slice_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts, depth, what fired and the deadlock that is shown, in small rounds and in large ones."""
    monkeypatch.setattr(layers, "SLICE", slice_)
    assert_same(everything(), {"size": 2, "top": 1}, words=words)


def test_larger_graph_is_the_same() -> None:
    """Also where tables grow and many states are sent."""
    done = assert_same(ORACLE, {"N": 3, "R": 0})
    assert done.complete and done.states > 100_000


def stuck(machine: Machine) -> None:
    """A walker that has dropped two numbers is stuck, so that there are many deadlocks in several layers."""
    ups = machine.actions.pop("up").function

    @machine.action("protocol", "walker")
    def up(x: Walker, p: Bounds) -> bool:
        return count(x.left) < 2 and ups(x, p)


def test_deadlock_is_the_same() -> None:
    """It is the smallest of those in the first layer that has any."""
    done = assert_same(counter(jump, stuck), {"size": 9, "top": 9})
    assert done.deadlocks > 50 and done.deadlock is not None


@pytest.mark.parametrize("claim", [not_three, small_steps])
def test_violation_is_the_same(claim: Any) -> None:
    """The run, and the counts of the layers before it."""
    done = assert_same(counter(jump, claim), {"size": 9, "top": 9})
    assert done.violation is not None and done.states > 0


def test_violation_is_the_smallest_of_many() -> None:
    """The state with the smallest packed number is shown: here the one that dropped the lowest numbers."""

    def claim(machine: Machine) -> None:
        @machine.always()
        def keeps_most(x: Walker, p: Bounds) -> bool:
            return count(x.left) < 2

    done = assert_same(counter(jump, claim), {"size": 40, "top": 9})
    assert done.violation is not None
    assert has(done.violation.end.left, 0) and has(done.violation.end.left, 1)
    assert done.states == 1 + (1 + 40) + (1 + 40 + 40 * 39 // 2)


def test_violation_of_a_large_graph_is_the_same() -> None:
    """Where the first violation lies deep."""

    def resets(machine: Machine) -> None:
        @machine.always()
        def no_reset_under_the_last_number(s: Any, p: Any) -> bool:
            return not has(s.resets, 1)

    machine = Machine(ORACLE.name, ORACLE.state, ORACLE.parameters, ORACLE.begin, dict(ORACLE.actions))
    resets(machine)
    done = assert_same(machine, {"N": 2, "P": 1})
    assert done.violation is not None and len(done.violation.steps) > 5


def test_value_out_of_range_is_the_same() -> None:
    """The error names the same state."""

    def leap(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def leap(x: Walker, p: Bounds) -> bool:
            x.at = x.at * 2 + 1
            return True

    machine = counter(jump, leap)
    lines = set()
    for jobs in (1, 2, 3):
        with pytest.raises(RangeError, match="writes") as caught:
            explore(machine, machine.setting({"size": 5, "top": 20}), jobs=jobs)
        lines.add(str(caught.value))
    assert len(lines) == 1


@pytest.mark.parametrize("depth", [0, 3, 8])
def test_stop_at_a_depth_is_the_same(depth: int) -> None:
    """The states of the last layer are checked by all threads."""
    assert_same(ORACLE, {"N": 2, "P": 1}, max_depth=depth)
    found = assert_same(counter(jump, not_three), {"size": 9, "top": 9}, max_depth=depth)
    assert (found.violation is None) == (depth == 0)


def test_memory_ends_a_shared_search() -> None:
    """Each share has its part of the memory."""
    done = explore(ORACLE, ORACLE.setting({"R": 0}), max_memory=30_000_000, jobs=2)
    assert not done.complete and done.stopped is not None and "30 MB of memory are full" in done.stopped
    assert done.bytes_per_state * done.states <= 30_000_000


def test_search_spreads_to_all_cores_when_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a search its states are dealt to more shares, and nothing changes."""
    monkeypatch.setattr(layers, "cores", lambda: 3)
    setting = ORACLE.setting({"N": 2, "P": 1})
    small = explore(ORACLE, setting)
    monkeypatch.setattr(layers, "MANY", 100)
    made: list[int] = []
    shares = layers.Shares
    monkeypatch.setattr(layers, "Shares", lambda c, many, m: (made.append(many), shares(c, many, m))[1])
    assert told(explore(ORACLE, setting)) == told(small)
    assert made == [1, 3]


@pytest.mark.parametrize("words", [1, 2, 4])
def test_states_are_dealt_evenly_and_none_is_lost(words: int) -> None:
    """Every state goes to one owner, the same each time, and no owner has much more than another."""
    many = 3_000
    states = shaped(np.arange(many * words, dtype=np.int64), words)
    send, sent = np.zeros((3 * many, *states.shape[1:]), np.int64), np.zeros(3, np.int64)
    kept = kernel.deal(states.copy(), many, 1, send, sent)
    assert sent[1] == 0 and kept + sent.sum() == many
    assert all(0.8 * many / 3 < part < 1.2 * many / 3 for part in (sent[0], sent[2], kept))


def test_comparison_notices_a_state_that_is_lost_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share that forgets the last state sent to it finds fewer."""
    take = share.Share.take

    def forgetful(self: share.Share, others: Any) -> int:
        for other in others:
            other.sent[self.number] = max(other.sent[self.number] - 1, 0)
        return take(self, others)

    monkeypatch.setattr(share.Share, "take", forgetful)
    with pytest.raises(AssertionError):
        assert_same(everything(), {"size": 2, "top": 1})


def test_many_threads_share_the_memory_there_is() -> None:
    """What threads send each other takes a quarter of the memory at most; there are fewer of them, or one."""
    compiled = Compiled(everything(), everything().setting({"size": 2, "top": 1}), claims=())
    one = share.places_to_send(compiled) * compiled.layout.words * 8
    assert share.most_shares(compiled, 8, 4 * 64 * one) == 8
    assert share.most_shares(compiled, 8, 4 * 64 * one - 4) == 7
    assert share.most_shares(compiled, 8, 0) == 1
