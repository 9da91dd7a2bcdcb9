"""The compiled search: its counts, and everything that may end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from tests.model.explorer.compare import assert_same_exploration
from tests.model.explorer.machines import Bounds, Walker, counter, everything
from tests.model.oracle.quic_cid import ORACLE, SMALL

from pathproof.model import cid_supply
from pathproof.model.domains import Below, Upto, numbers
from pathproof.model.explorer import (
    BoundTooLarge,
    EngineDisagreement,
    Exploration,
    Progress,
    RangeError,
    explore,
    explore_plainly,
    layers,
)
from pathproof.model.explorer.words import Words
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import Numbers, add, has, lowest, missing


def in_two_words(machine: Machine, parameters: Any) -> Exploration:
    """The compiled search, with states of two words."""
    return explore(machine, parameters, words=2)


def in_four_words(machine: Machine, parameters: Any) -> Exploration:
    """The compiled search, with states of four words."""
    return explore(machine, parameters, words=4)


engines = pytest.mark.parametrize("engine", [explore, in_two_words, in_four_words, explore_plainly])
words = pytest.mark.parametrize("words", [1, 2, 4])


@pytest.mark.parametrize(("words", "most_bytes"), [(1, 24), (2, 40), (4, 84)])
def test_small_oracle_has_the_sizes_that_other_tools_counted(words: int, most_bytes: int) -> None:
    """2,186,502 states, 29,466,257 transitions, depth 34: TLC, SPIN and hand-written C agree on these."""
    done = explore(ORACLE, ORACLE.setting(SMALL), words=words)
    assert (done.states, done.transitions, done.depth) == (2_186_502, 29_466_257, 34)
    assert done.complete and done.violation is None and done.stopped is None
    assert done.never_fired == ("raise_prior", "receive_reset")
    assert done.bytes_per_state <= most_bytes


def test_state_too_large_for_one_word_is_explored_in_two() -> None:
    """172,815 states and 1,602,546 transitions of 74 bits: a search by CPython counted the same."""
    setting = cid_supply.machine.setting({"cids": 5, "rogue": "nobody"})
    done = explore(cid_supply.machine, setting, claims=())
    assert (done.states, done.transitions, done.depth) == (202_867, 1_886_733, 28)
    assert done.complete and done.bytes_per_state <= 40


def test_state_too_large_for_two_words_is_explored_in_four() -> None:
    """A counter beside a set of 63, a table of 62 bits and numbers: 2,016 states in a row, all different."""

    def marks(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def mark(x: Walker, p: Bounds) -> bool:
            if has(x.left, lowest(missing(x.left, 0, p.size))):
                return False
            x.left = add(x.left, lowest(missing(x.left, 0, p.size)))
            return True

    machine = counter(marks)
    machine.state = Marked
    done = explore(machine, machine.setting({"size": 63, "top": 31}))
    assert (done.states, done.depth, done.complete) == (32 * 64, 31 + 63, True)


@pytest.mark.parametrize(
    "bounds",
    [
        {"N": 1, "L": 1, "P": 1},
        {"N": 2, "P": 1},
        {"N": 2, "P": 1, "T": 2, "B": 2},
        {"N": 2, "R": 1, "P": 1, "B": 0},
    ],
)
@words
def test_tiny_oracle_is_explored_alike_by_both_engines(bounds: dict[str, int], words: int) -> None:
    """States, transitions, depth and what fired are those of the plain search."""
    assert_same_exploration(ORACLE, ORACLE.setting(bounds), words)


@pytest.mark.parametrize("bounds", [{"size": 1, "top": 0}, {"size": 1, "top": 1}, {"size": 2, "top": 2}])
@words
def test_every_word_is_explored_alike_by_both_engines(bounds: dict[str, int], words: int) -> None:
    """A machine that uses the whole vocabulary has the same graph in both engines."""
    machine = everything()
    assert_same_exploration(machine, machine.setting(bounds), words)


@words
def test_same_search_gives_the_same_result_twice(words: int) -> None:
    """The search is deterministic, down to the state that it shows for a deadlock."""
    machine = everything()
    first, second = (explore(machine, machine.setting({"size": 2, "top": 1}), words=words) for _ in range(2))
    assert (first.fired, first.deadlock, first.depth) == (second.fired, second.deadlock, second.depth)


@pytest.mark.parametrize("more", [2, 4])
def test_one_word_and_more_give_the_same_result(more: int) -> None:
    """States are found in the same order, so that even the deadlock that is shown is the same."""
    machine = everything()
    one, two = (explore(machine, machine.setting({"size": 2, "top": 1}), words=words) for words in (1, more))
    assert (one.fired, one.deadlock, one.depth) == (two.fired, two.deadlock, two.depth)


@words
def test_state_whose_word_is_zero_is_a_state_like_any_other(words: int) -> None:
    """The table tells an empty slot from the word 0, to which a step may lead back."""

    def wrap(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def home(x: Walker, p: Bounds) -> bool:
            x.at = 0
            return True

    machine = counter(wrap)
    done = explore(machine, machine.setting({"top": 3}), words=words)
    assert (done.states, done.transitions, done.depth, done.deadlocks) == (4, 7, 3, 0)


def test_deadlocks_are_counted_and_one_is_shown() -> None:
    """Where nothing is enabled the search says so; it is no violation."""
    machine = counter()
    done = explore(machine, machine.setting({"top": 3}))
    assert (done.deadlocks, done.deadlock.at, done.complete) == (1, 3, True)


@dataclass
class Marked(Walker):
    """A walker with a memory too large for two words."""

    more: Numbers = numbers(Below("size"))
    most: Numbers = numbers(Below("size"))


def not_three(machine: Machine) -> None:
    """Claim that the walker never stands at 3."""

    @machine.always()
    def never_three(x: Walker, p: Bounds) -> bool:
        return x.at != 3


def jump(machine: Machine) -> None:
    """Let the walker jump by two, and drop a number on the way."""

    @machine.action("environment", "walker")
    def jump_two(x: Walker, p: Bounds, n: Annotated[int, Below("size")]) -> bool:
        if x.at + 2 > p.top or has(x.left, n):
            return False
        x.at = x.at + 2
        x.left = add(x.left, n)
        return True


def small_steps(machine: Machine) -> None:
    """Claim that no step is longer than one."""

    @machine.step()
    def one_at_a_time(before: Walker, after: Walker, p: Bounds) -> bool:
        return after.at <= before.at + 1


@engines
def test_violated_state_comes_with_a_shortest_run(engine: Any) -> None:
    """Two steps lead to 3 where three others would, too; each step is an executed one."""
    machine = counter(jump, not_three)
    done = engine(machine, machine.setting({"top": 9}))
    assert not done.complete and done.stopped is None
    run = done.violation
    assert (run.claim, len(run.steps), run.end.at) == ("never_three", 2, 3)
    assert all(
        step.before is before
        for step, before in zip(run.steps[1:], [s.after for s in run.steps], strict=False)
    )


@engines
def test_violated_step_is_the_last_of_the_run(engine: Any) -> None:
    """A claim about steps fails at the step that breaks it, whatever may come later."""
    machine = counter(jump, small_steps)
    run = engine(machine, machine.setting({"top": 9})).violation
    assert (run.claim, [str(step) for step in run.steps]) == ("one_at_a_time", ["jump_two(n=0)"])


def test_claims_that_are_not_chosen_are_not_checked() -> None:
    """Only the claims that the caller passes can end the search."""
    machine = counter(not_three, small_steps)
    assert explore(machine, machine.setting({"top": 9}), claims=machine.of("step")).complete


def test_initial_state_may_violate_a_claim() -> None:
    """Then the run has no step."""

    def away(machine: Machine) -> None:
        @machine.always()
        def is_away(x: Walker, p: Bounds) -> bool:
            return x.at > 0

    machine = counter(away)
    run = explore(machine, machine.setting()).violation
    assert run is not None and (run.claim, run.steps, run.end.at) == ("is_away", (), 0)


@words
def test_long_run_to_a_violation_is_found_again_layer_by_layer(words: int) -> None:
    """The run through a large graph has as many steps as the plain search says."""

    def resets(machine: Machine) -> None:
        @machine.always()
        def no_reset_under_the_last_number(s: Any, p: Any) -> bool:
            return not has(s.resets, 1)

    machine = Machine(ORACLE.name, ORACLE.state, ORACLE.parameters, ORACLE.begin, dict(ORACLE.actions))
    resets(machine)
    setting = machine.setting({"N": 2, "P": 1})
    fast, slow = explore(machine, setting, words=words).violation, explore_plainly(machine, setting).violation
    assert fast is not None and slow is not None
    assert len(fast.steps) == len(slow.steps) > 5
    assert fast.end.resets == slow.end.resets


@words
def test_value_out_of_range_ends_the_search_and_names_action_and_field(words: int) -> None:
    """A field never runs over into its neighbour."""

    def too_far(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def leap(x: Walker, p: Bounds) -> bool:
            x.at = x.at * 2 + 1
            return True

    machine = counter(too_far)
    with pytest.raises(RangeError, match=r"leap\(\) writes 7 to at, which ranges from 0 to 5"):
        explore(machine, machine.setting({"top": 5}), words=words)


def test_number_below_zero_ends_the_search() -> None:
    """There is no negative number in a state."""

    def back(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def two_back(x: Walker, p: Bounds) -> bool:
            if x.at == 0:
                return False
            x.at = x.at - 2
            return True

    machine = counter(back)
    with pytest.raises(RangeError, match=r"two_back\(\) writes -1 to at"):
        explore(machine, machine.setting())


@words
def test_member_out_of_range_ends_the_search(words: int) -> None:
    """A set does not grow into the field behind it."""

    def drop(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def drop_here(x: Walker, p: Bounds) -> bool:
            x.left = add(x.left, x.at)
            return True

    machine = counter(drop)
    with pytest.raises(RangeError, match=r"drop_here\(\) writes \{2\} to left, which holds numbers below 2"):
        explore(machine, machine.setting({"size": 2, "top": 9}), words=words)


def test_initial_state_out_of_range_is_refused() -> None:
    """The beginning is checked like every step."""

    def begin(x: Walker, p: Bounds) -> None:
        x.at = 9

    with pytest.raises(RangeError, match="9 to at"):
        explore(Machine("far", Walker, Bounds, begin), Bounds())


def test_state_that_does_not_fit_is_refused() -> None:
    """One line says how many bits there are and what to lower."""
    line = "quic_cid at these bounds needs 260 bits of state, 75 of them for frames, and a field may have 63"
    with pytest.raises(BoundTooLarge, match=line):
        explore(ORACLE, ORACLE.setting({"N": 15, "R": 4, "P": 5}))


@words
def test_memory_ends_the_search_before_it_is_gone(words: int) -> None:
    """What was found is exact as far as it goes, and a line says how far that is."""
    done = explore(ORACLE, ORACLE.setting(SMALL), max_memory=words * 10_000_000, words=words)
    assert not done.complete and done.violation is None
    assert 250_000 < done.states < 600_000
    assert done.stopped is not None
    line = f"{words}0 MB of memory are full: {done.states:,} states found up to depth "
    assert done.stopped.startswith(line)
    assert done.bytes_per_state * done.states <= words * 10_000_000


def test_memory_too_small_for_a_single_block_ends_the_search_at_once() -> None:
    """No memory is a clear answer, too."""
    done = explore(ORACLE, ORACLE.setting(SMALL), max_memory=0)
    assert (done.states, done.complete, done.depth) == (1, False, 0)


@words
def test_violation_among_states_that_were_not_expanded_is_found(words: int) -> None:
    """Where depth ends the search, the states of the last layer are still checked."""
    machine = counter(not_three)
    done = explore(machine, machine.setting({"top": 9}), max_depth=3, words=words)
    assert done.violation is not None and len(done.violation.steps) == 3


@pytest.mark.parametrize("depth", [0, 1, 4])
def test_depth_ends_the_search_where_it_is_asked_to(depth: int) -> None:
    """Both engines find the same states up to a depth."""
    setting = ORACLE.setting({"N": 2, "P": 1})
    fast, slow = explore(ORACLE, setting, max_depth=depth), explore_plainly(ORACLE, setting, max_depth=depth)
    assert (fast.states, fast.transitions, fast.depth) == (slow.states, slow.transitions, slow.depth)
    assert not fast.complete and fast.stopped is not None and "as asked" in fast.stopped


def test_actions_and_witnesses_that_never_were_are_named() -> None:
    """An action that never fires and a witness that is never reached are listed."""

    def asleep(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def sleep(x: Walker, p: Bounds) -> bool:
            return False

        @machine.sometimes()
        def at_top(x: Walker, p: Bounds) -> bool:
            return x.at == p.top

        @machine.sometimes()
        def beyond_top(x: Walker, p: Bounds, v: Annotated[int, Upto("top")]) -> bool:
            return x.at > p.top + v

    machine = counter(asleep)
    done = explore(machine, machine.setting())
    assert (done.never_fired, done.never_reached) == (("sleep",), ("beyond_top",))


def test_progress_is_told_during_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers grow from call to call, and never run ahead of what was found."""
    monkeypatch.setattr(layers, "INTERVAL", 0.0)
    told: list[Progress] = []
    done = explore(ORACLE, ORACLE.setting(SMALL), progress=told.append)
    assert told == sorted(told, key=lambda one: one.expanded)
    assert told[-1].expanded <= done.states and all(one.expanded <= one.states for one in told)


def test_interrupt_leaves_the_search() -> None:
    """Ctrl-C is heard between two slices, and the next search is none the worse."""

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(layers, "INTERVAL", 0.0)
        explore(ORACLE, ORACLE.setting(SMALL), progress=interrupt)
    assert explore(ORACLE, ORACLE.setting({"N": 1, "L": 1, "P": 1})).complete


def test_compiled_claim_that_the_executed_engine_does_not_follow_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A violation is reported only where the executed engine sees it, too."""
    monkeypatch.setattr(Words, "_eq", lambda self, left, right: True)
    machine = counter(not_three)
    with pytest.raises(EngineDisagreement):
        explore(machine, machine.setting())
