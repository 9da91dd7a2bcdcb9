"""Each rule of the simulation is seen to fail: a small change to the reference breaks it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.reference.mutants import (
    answers_elsewhere,
    client_takes_the_first,
    hasty,
    impatient,
    keeps_using,
    large_resets,
    many_challenges,
    many_paths,
    many_responses,
    many_retirements,
    never_again,
    other_bytes,
    overstrict,
    predictable_challenges,
    sends_without_end,
    server_takes_any,
    small_challenges,
    supply_heard,
    unlimited,
    uses_on_unretired,
)
from tests.reference.simulation import breaches
from tests.reference.simulation.machine import TwoEndpoints
from tests.reference.simulation.rules import Broken
from tests.reference.simulation.stories import (
    asks,
    crash,
    flood,
    losses,
    many_migrations,
    migrations,
    probing,
    rotation,
    server_moves,
    silence,
    spoofed,
    storm_of_sources,
    waits,
)
from tests.reference.simulation.test_moves import downloading
from tests.reference.simulation.test_two_endpoints import NORMAL
from tests.reference.simulation.world import World

Patch = pytest.MonkeyPatch

MUTANTS: list[tuple[Callable[[Patch], None], Callable[[World], None], str]] = [
    (unlimited, spoofed, "RFC9000-8-01"),
    (keeps_using, rotation, "RFC9000-5.1.2-"),
    (uses_on_unretired, rotation, "RFC9000-19.16-07"),
    (client_takes_the_first, migrations, "RFC9000-9.5-03"),
    (server_takes_any, migrations, "RFC9000-9.5-04"),
    (small_challenges, migrations, "RFC9000-8.2.1-06"),
    (predictable_challenges, migrations, "RFC9000-8.2.1-05"),
    (answers_elsewhere, probing, "RFC9000-8.2.2-03"),
    (many_challenges, silence, "RFC9000-8.2.1-04"),
    (many_responses, flood, "RFC9000-8.2.2-01"),
    (many_paths, storm_of_sources, "RFC9000-9.3.1-01"),
    (many_retirements, many_migrations, "RFC9000-13.3-32"),
    (supply_heard.retirements_without_bound, breaches.stuffs, "RFC9000-5.1.2-11"),
    (large_resets, crash, "RFC9000-10.3.3-01"),
    (unlimited, server_moves, "RFC9000-9-07"),
    (impatient, migrations, "RFC 9002 6.2.1"),
    (sends_without_end, migrations, "RFC 9002 7"),
    (other_bytes, asks, "RFC 9000 2.2"),
    (never_again, losses, "RFC 9000 2.2"),
    (overstrict, migrations, "RFC 9000 11"),
    (hasty, waits, "RFC 9000 10"),
]


@pytest.mark.parametrize(
    ("mutant", "story", "clause"), MUTANTS, ids=[mutant.__name__ for mutant, _, _ in MUTANTS]
)
def test_the_rule_notices(
    mutant: Callable[[Patch], None], story: Callable[[World], None], clause: str, monkeypatch: Patch
) -> None:
    """The mutant breaks the rule of this clause, and the failure shows its chart."""
    with pytest.raises(Broken) as broken:
        world = downloading(200_000, server={"connection_ids": 4})
        world.watchers = []  # the rule alone
        mutant(monkeypatch)
        story(world)
    assert broken.value.clause.startswith(clause), str(broken.value).splitlines()[0]
    assert "A run of two endpoints, seed 1" in str(broken.value)


BREACHES = (server_moves, breaches.stuffs)
STORIES = list(dict.fromkeys(story for _, story, _ in MUTANTS if story not in BREACHES))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_without_a_mutant_nothing_is_noticed(story: Callable[[World], None]) -> None:
    """The same stories, with the reference as it is."""
    story(downloading(200_000))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "mutant", [unlimited, predictable_challenges, answers_elsewhere, server_takes_any, never_again]
)
def test_the_machine_finds_it(mutant: Callable[[Patch], None], monkeypatch: Patch) -> None:
    """Without a story, Hypothesis comes upon the mutant by itself."""
    mutant(monkeypatch)
    with pytest.raises(Broken):
        run_state_machine_as_test(
            TwoEndpoints, settings=settings(NORMAL, phases=[Phase.generate], max_examples=500)
        )
