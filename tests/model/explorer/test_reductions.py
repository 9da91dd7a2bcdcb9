"""Symmetry and normal forms: what is kept, that it is enough, and that what is wrong is noticed."""

from __future__ import annotations

import random
from typing import Annotated, Any

import pytest
from tests.model.explorer.compare import assert_same_exploration
from tests.model.explorer.reduced import (
    Address,
    Mail,
    Roaming,
    Sizes,
    forget_old,
    mail,
    roaming,
    small,
)
from tests.model.oracle.quic_cid import ORACLE

from pathproof.model.domains import Below, Symmetry
from pathproof.model.execute import initial, step
from pathproof.model.explorer import (
    BoundTooLarge,
    Compiled,
    NotSymmetric,
    asymmetry,
    draw,
    explore,
    explore_plainly,
    orbits,
    unsound,
)
from pathproof.model.explorer.reductions import Reductions
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import count, discard, discard_below, get, has

words = pytest.mark.parametrize("words", [1, 2, 4])
searches = pytest.mark.parametrize("search", [explore, explore_plainly])


def kept_count(machine: Machine, setting: Any) -> tuple[int, int]:
    """States kept without reductions and with them."""
    return explore(machine, setting, reduce=False).states, explore(machine, setting).states


def test_symmetric_machine_keeps_one_state_of_each_orbit() -> None:
    """Three addresses and two paths have twelve orders; nearly as many states are kept as one."""
    machine = roaming()
    setting = machine.setting({"addresses": 3, "paths": 2, "top": 2})
    every, kept = kept_count(machine, setting)
    assert every / 12 <= kept < every / 5


def test_normal_form_keeps_fewer_states() -> None:
    """Letters up to the last one read make no difference: a state is that number and a set of larger ones.

    Where that set is empty, the largest number sent is the last one read, and otherwise it is in the set.
    """
    machine = mail(forget_old)
    every, kept = kept_count(machine, machine.setting({"top": 8}))
    assert kept == sum(2 ** (8 - read) for read in range(9)) == 511 < every


@words
@pytest.mark.parametrize("machine", [roaming(), mail(forget_old)], ids=["roaming", "mail"])
def test_reduced_graph_is_the_same_in_both_engines(machine: Machine, words: int) -> None:
    """States, transitions, depth, what fired, witnesses, deadlocks."""
    assert_same_exploration(machine, small(machine), words)


@words
@pytest.mark.parametrize("first", [0, 1])
def test_compiled_code_keeps_what_the_executed_engine_keeps(words: int, first: int) -> None:
    """From random states: after each step, the smallest of all orders."""
    machine = roaming()
    machine.symmetric = (Symmetry("address", first=first), "path")
    setting = machine.setting({"addresses": 3, "paths": 2, "top": 2})
    compiled = Compiled(machine, setting, words=words, claims=(), reduce=True)
    dice, steps = random.Random(1), 0
    for _ in range(25):
        state = draw.any_state(machine, setting, dice)
        for action, given, after in compiled.successors(compiled.layout.pack(state)):
            executed = step(action, state, setting, given)
            assert executed is not None and compiled.kept(executed) == after
            steps += 1
    assert steps > 50


@searches
@pytest.mark.parametrize("machine", [roaming(), mail(forget_old)], ids=["roaming", "mail"])
def test_sound_reductions_are_found_sound(machine: Machine, search: Any) -> None:
    """Same verdicts, same witnesses, and the number of kept states that the others predict."""
    assert unsound(machine, small(machine), search=search) == []


def test_symmetric_machine_has_no_asymmetry() -> None:
    """Every action, claim and normal form commutes with an exchange of names."""
    machine = roaming()
    assert asymmetry(machine, small(machine), range(300)) is None
    assert asymmetry(machine, small(machine), range(100), only_reached=True) is None
    assert asymmetry(mail(), small(mail()), range(3)) is None


def upward(machine: Machine) -> None:
    """An action that compares names."""

    @machine.action("protocol", "walker")
    def up(x: Roaming, p: Sizes, to: Address) -> bool:
        if to <= x.at:
            return False
        x.at = to
        return True


def first_is_special(machine: Machine) -> None:
    """A claim about one name."""

    @machine.always()
    def never_leaves(x: Roaming, p: Sizes) -> bool:
        return x.at == 0 or has(x.seen, 1)


def step_to_the_last(machine: Machine) -> None:
    """A claim about steps that knows one name."""

    @machine.step()
    def not_to_the_last(before: Roaming, after: Roaming, p: Sizes) -> bool:
        return after.at != 2 or before.at == 2


def forgets_first(machine: Machine) -> None:
    """A normal form that knows one name."""

    @machine.normal_form()
    def first(x: Roaming, p: Sizes) -> None:
        x.seen = discard(x.seen, 0)


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (upward, "up"),
        (first_is_special, "never_leaves"),
        (step_to_the_last, "not_to_the_last"),
        (forgets_first, "normal form"),
    ],
)
def test_machine_that_tells_names_apart_is_noticed(fault: Any, line: str) -> None:
    """Where an action compares names by `<`, or a claim or a normal form knows one of them."""
    machine = roaming(fault)
    found = asymmetry(machine, small(machine), range(300))
    assert found is not None and line in found


def test_asymmetry_shows_as_a_wrong_search_too() -> None:
    """The states that are kept are not those that they should be."""
    machine = roaming(upward)
    machine.symmetric = ("address",)
    assert unsound(machine, small(machine))


def test_fixed_names_are_not_exchanged() -> None:
    """A claim about address 0 is right where 0 is left out, and the violation is one of the real machine."""

    def guard(machine: Machine) -> None:
        @machine.always()
        def goes_home_late(x: Roaming, p: Sizes) -> bool:
            return x.at != 0 or x.last == 0

    machine = roaming(guard)
    machine.symmetric = (Symmetry("address", first=1), "path")
    setting = machine.setting({"addresses": 4, "paths": 1, "top": 1})
    assert asymmetry(machine, setting, range(200)) is None
    assert unsound(machine, setting, [machine.claims["goes_home_late"]]) == []


def meets(machine: Machine) -> None:
    """A claim that fails after some steps, whatever the names are."""

    @machine.always()
    def routes_differ(
        x: Roaming, p: Sizes, one: Address, other: Address, path: Annotated[int, Below("paths", "path")]
    ) -> bool:
        if one == other or get(x.origin, path) != one + 1 or count(x.seen) < 3:
            return True
        return get(x.visits, other) == 0


def old_letter_comes_again(machine: Machine) -> None:
    """A claim about steps that fails."""

    @machine.step()
    def no_letter_is_skipped(before: Mail, after: Mail, p: Sizes) -> bool:
        return after.read <= before.read + 3


def genuine(machine: Machine, setting: Any, run: Any) -> bool:
    """Whether every step is one that the machine makes, from its own beginning."""
    state = initial(machine, setting)
    for one in run.steps:
        made = step(machine.actions[one.action], state, setting, one.arguments)
        if one.before != state or made != one.after:
            return False
        state = made
    return True


@searches
@pytest.mark.parametrize("machine", [roaming(meets), mail(forget_old, old_letter_comes_again)])
def test_run_to_a_violation_is_a_run_of_the_machine_itself(machine: Machine, search: Any) -> None:
    """As long as without reductions, from the state in which the machine begins, to where the claim fails."""
    setting = small(machine)
    run, other = (search(machine, setting, reduce=reduce).violation for reduce in (True, False))
    assert run is not None and other is not None
    assert (run.claim, len(run.steps)) == (other.claim, len(other.steps)) and len(run.steps) > 1
    assert genuine(machine, setting, run) and genuine(machine, setting, other)


def read_too_much(machine: Machine) -> None:
    """Drops a letter that would still be read."""

    @machine.normal_form()
    def next_letters(x: Mail, p: Sizes) -> None:
        x.flying = discard_below(x.flying, x.read + 2)


def not_idempotent(machine: Machine) -> None:
    """Drops one letter at a time."""

    @machine.normal_form()
    def one_letter(x: Mail, p: Sizes) -> None:
        if has(x.flying, x.read) and x.read > 0:
            x.flying = discard(x.flying, x.read)
        elif has(x.flying, x.read - 1):
            x.flying = discard(x.flying, x.read - 1)


def forgets_reading(machine: Machine) -> None:
    """Changes what a claim looks at."""

    @machine.always()
    def never_three(x: Mail, p: Sizes) -> bool:
        return x.read != 3

    @machine.normal_form()
    def unread(x: Mail, p: Sizes) -> None:
        if x.read == 3:
            x.read = 2


@searches
@pytest.mark.parametrize("fault", [read_too_much, not_idempotent, forgets_reading])
def test_normal_form_that_is_wrong_is_noticed(fault: Any, search: Any) -> None:
    """Where it drops what matters, is no normal form of itself, or makes states that are not reached."""
    machine = mail(fault, old_letter_comes_again)
    assert unsound(machine, small(machine), search=search)


def delivers_unsent(machine: Machine) -> None:
    """A reader that reads what was not sent."""

    @machine.action("environment", "reader")
    def guess(x: Mail, p: Sizes) -> bool:
        if x.read == p.top or x.read != 2:
            return False
        x.read = x.read + 1
        return True


def loses_seen(machine: Machine) -> None:
    """A walker that forgets where it was."""

    @machine.action("protocol", "walker")
    def forget(x: Roaming, p: Sizes, address: Address) -> bool:
        if not has(x.seen, address) or address == x.at or count(x.seen) < 3:
            return False
        x.seen = discard(x.seen, address)
        return True


@pytest.mark.parametrize("mutant", [mail(forget_old, delivers_unsent), roaming(loses_seen)])
def test_mutant_that_is_killed_is_killed_with_reductions(mutant: Machine) -> None:
    """By the same claim, with a run of the same length."""
    setting = small(mutant)
    runs = [explore(mutant, setting, reduce=reduce).violation for reduce in (True, False)]
    assert runs[0] is not None and runs[1] is not None
    assert (runs[0].claim, len(runs[0].steps)) == (runs[1].claim, len(runs[1].steps))
    assert unsound(mutant, setting) == []


def test_two_sorts_of_names_are_exchanged_soundly() -> None:
    """Where two sorts are symmetric, in all orders of both."""
    assert unsound(roaming(), small(roaming(), 2)) == []


@pytest.mark.parametrize("jobs", [2, 3])
def test_reductions_and_threads_go_together(jobs: int) -> None:
    """A kept state belongs to one share."""
    machine = roaming()
    setting = machine.setting({"top": 2})
    one, more = explore(machine, setting, jobs=1), explore(machine, setting, jobs=jobs)
    assert (one.states, one.fired, one.deadlock) == (more.states, more.fired, more.deadlock)


def test_too_many_orders_are_refused() -> None:
    """Six paths and four addresses have 17,280 orders; without reductions none is needed."""
    machine = roaming()
    setting = machine.setting({"addresses": 4, "paths": 6, "top": 1})
    with pytest.raises(BoundTooLarge, match="the names of roaming have 17,280 orders at these bounds"):
        explore(machine, setting)
    assert explore(machine, setting, reduce=False, max_depth=2).depth == 2


def test_sort_without_one_number_of_names_is_refused() -> None:
    """Where no domain has the sort, or where two have different numbers of names."""
    machine = roaming()
    machine.symmetric = ("planet",)
    with pytest.raises(NotSymmetric, match="the domains of planet in roaming have no names"):
        explore(machine, small(machine))

    def other(machine: Machine) -> None:
        @machine.action("protocol", "walker")
        def jump(x: Roaming, p: Sizes, to: Annotated[int, Below("top", "path")]) -> bool:
            return False

    machine = roaming(other)
    with pytest.raises(NotSymmetric, match="the domains of path in roaming have 1 and 2 names"):
        explore(machine, small(machine, 2))


@pytest.mark.parametrize("broken", ["_other_name", "_exchanged"])
def test_comparison_notices_an_exchange_that_is_compiled_wrongly(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leave out one kind of exchange, and other states are kept than predicted."""
    monkeypatch.setattr(orbits, broken, lambda code, word, *rest: word)
    machine = roaming()
    assert unsound(machine, small(machine, 2))


def test_machine_without_reductions_is_explored_as_it_is() -> None:
    """Nothing is reduced where nothing is declared."""
    setting = ORACLE.setting({"N": 2, "P": 1})
    assert not Reductions(ORACLE, setting)
    assert kept_count(ORACLE, setting)[0] == kept_count(ORACLE, setting)[1]
