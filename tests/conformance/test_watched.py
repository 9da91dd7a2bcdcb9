"""What the reference does, judged as it tells: nothing is broken, and every rule had its occasion."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pytest
from tests.conformance.journey import without_datagrams
from tests.conformance.simulated import STORIES, collected, downloading, ends, traces_of
from tests.reference.simulation.network import ATTACKER, VICTIM, Race
from tests.reference.simulation.world import PREFERRED, SERVER, World, home

from pathproof.conformance.events import Datagram, Packet, Trace
from pathproof.conformance.judge import Report, judge, rules
from pathproof.reference.migration import NoSpareConnectionId

PATHS = (
    "anti_amplification",
    "migration",
    "path_validation",
    "preferred_address",
    "stateless_reset",
)
"""The concepts whose rules look at datagrams and addresses."""
BY_HAND = {
    "RFC9000-14.1-05",  # no client of these runs sends an Initial packet in a small datagram
    "RFC9000-9-10",  # no server of these runs sends from where its client does not know it
}
"""Clauses that no run exercises, but traces made by hand."""


def path_clauses() -> list[str]:
    """The clauses that the rules on paths decide, sorted."""
    found = {
        clause
        for rule in rules()
        if rule.function.__module__.split(".")[2] in PATHS
        for clause in rule.clauses
    }
    return sorted(found)


@cache
def traces(story: Callable[[], World]) -> tuple[Trace, ...]:
    """The traces of one story, run once."""
    with collected():
        return tuple(traces_of(story()))


@cache
def reports(story: Callable[[], World]) -> tuple[Report, ...]:
    """What the judge says of them."""
    return tuple(judge(trace) for trace in traces(story))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_the_reference_breaks_nothing(story: Callable[[], World]) -> None:
    """In no trace of either end, on no side."""
    for report in reports(story):
        assert report.violated == (), report.violated[0]


def test_every_rule_on_paths_has_its_occasion() -> None:
    """Each clause holds in some run, but for those that only traces made by hand exercise."""
    held = {
        verdict.clause
        for story in STORIES
        for report in reports(story)
        for verdict in report.verdicts
        if verdict.status == "holds"
    }
    assert set(path_clauses()) - held == BY_HAND


def test_without_datagrams_nothing_is_guessed() -> None:
    """Of the same runs, a source without datagrams decides no rule that needs them, and says so."""
    needs = {"RFC9000-8.2.1-06", "RFC9000-8.2.2-05", "RFC9000-8.2.2-03", "RFC9000-9.5-03", "RFC9000-9.3-04"}
    for story in STORIES[:2]:
        for trace in traces(story):
            report = judge(without_datagrams(trace))
            assert report.violated == ()
            for clause in needs:
                assert report.verdict(clause).status in ("not observable", "not exercised")
            if trace.vantage == "client":
                assert report.verdict("RFC9000-9.5-03").missing


def test_a_watched_trace_has_everything_of_its_datagrams() -> None:
    """Each packet names the datagram before it, and no packet is larger than that."""
    for trace in traces(STORIES[1]):
        latest: dict[bool, Datagram] = {}
        for event in trace.events:
            if isinstance(event, Datagram):
                latest[event.sent] = event
            elif isinstance(event, Packet):
                around = latest[event.sent]
                assert event.datagram == around.number
                assert isinstance(event.size, int) and isinstance(around.size, int)
                assert event.size <= around.size


def hostile(seed: int) -> World:
    """A run in which all that happens is drawn from a seed."""
    rng = random.Random(seed)
    server = {"retries": rng.random() < 0.3, "disable_active_migration": rng.random() < 0.3}
    offers = {"preferred_ipv4": PREFERRED} if rng.random() < 0.5 else {}
    world = downloading(
        seed, 30_000, server={**server, **offers}, client={"empty_connection_id": seed % 4 == 0}
    )
    for _ in range(rng.randrange(5, 25)):
        _something(world, rng)
    return ends(world) if not world.crashes else world


def _something(world: World, rng: random.Random) -> None:
    """One thing happens to the ends or to the network."""
    network, number = world.network, rng.randrange(5)
    try:
        match rng.choice(["migrate", "probe", "rebind", "race", "spoof", "replay", "network", "mtu", "time"]):
            case "migrate":
                world.migrate(number)
            case "probe":
                world.probe(number)
            case "rebind":
                world.rebind(number > 2)
                world.connection.control.ping()
            case "race":
                network.race = Race(rng.choice([ATTACKER, VICTIM]), number > 2, number % 2 == 0, 20)
            case "spoof":
                network.spoofs = [rng.choice([ATTACKER, VICTIM])] * number
            case "replay":
                world.replay(number + 1, rng.choice([ATTACKER, None]))
            case "network":
                network.loss, network.duplication, network.jitter = rng.choice([0, 0.1]), 0.2, 0.02
            case "mtu":
                network.mtu[home(number)[0]] = rng.choice([1100, 65535])
            case _:
                network.inject(world.now, b"\x40" + world.rng.randbytes(50), ATTACKER, SERVER)
    except (NoSpareConnectionId, ValueError):
        return
    finally:
        world.run(rng.choice([0.01, 0.05, 0.3, 2.0]))


@pytest.mark.parametrize("seed", range(12))
def test_hostile_runs_break_nothing(seed: int) -> None:
    """Whatever the network does, neither end is blamed."""
    with collected():
        for trace in traces_of(hostile(seed)):
            assert judge(trace).violated == ()


@pytest.mark.thorough
def test_many_hostile_runs_break_nothing() -> None:
    """The same, for many seeds."""
    with collected():
        for seed in range(100, 400):
            for trace in traces_of(hostile(seed)):
                assert judge(trace).violated == (), seed
