"""Every scenario holds in a short run, and each of its expectations fails where something else was seen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.conformance.scenarios.spoilers import SPOILERS, spoiler

from pathproof.conformance.scenarios import balanced_by_id, server_crash, wifi_to_cellular
from pathproof.conformance.scenarios.catalogue import SCENARIOS
from pathproof.conformance.scenarios.engine import timeline
from pathproof.conformance.scenarios.engine.balancing import CELLULAR, HOST, SERVER, WIFI, balanced
from pathproof.conformance.scenarios.engine.picture import render_svg
from pathproof.conformance.scenarios.engine.report import as_dict
from pathproof.conformance.scenarios.engine.running import Result, answers, run
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import QUICK, World
from pathproof.spec import clauses

SLOW = (
    "balanced-by-address",
    "balanced-by-id",
    "server-crash",
    "migration-storm",
    "off-path-race",
    "linkability",
    "amplification",
    "roaming",
    "ipv6-to-ipv4",
)
"""Those that take long, or are much like another one: run by `make thorough`."""


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name not in SLOW])
@pytest.mark.usefixtures("permitted")
def test_a_scenario_holds_and_can_fail(name: str) -> None:
    """All expectations hold over a real run; each fails once what it is about is taken from what was seen."""
    examine(name)


@pytest.mark.thorough
@pytest.mark.parametrize("name", SLOW)
@pytest.mark.usefixtures("permitted")
def test_a_slow_scenario_holds_and_can_fail(name: str) -> None:
    """As the others."""
    examine(name)


def examine(name: str) -> None:
    """Run a scenario, look at its answers, and spoil what was seen for each."""
    result = run(SCENARIOS[name], pace=QUICK)
    assert not [answer.evidence for _, answer in result.answers if not answer.held]
    for one, _ in result.answers:
        assert not one.check(spoiler(one.claim)(result.seen)).held, one.claim
    shows(result)


def shows(result: Result) -> None:
    """The run is drawn and told in every form."""
    text = "\n".join(line.plain for line in timeline.drawn(result, 100))
    assert "QUIC" in text and "TCP" in text and f"{result.seen.quic.received:,}" in text
    assert result.scenario.title in render_svg(result)
    told = json.loads(json.dumps(as_dict(result)))
    assert told["held"] and len(told["expectations"]) == len(result.answers)


def test_every_spoiler_is_for_some_claim() -> None:
    """No spoiler is left of a claim that is no longer made."""
    claims = [one.claim for scenario in SCENARIOS.values() for one in scenario.expects] + ["The judge finds"]
    assert [begins for begins in SPOILERS if not any(claim.startswith(begins) for claim in claims)] == []


def test_every_expectation_names_clauses_that_exist() -> None:
    """A scenario says by which clauses it expects what it expects."""
    for scenario in SCENARIOS.values():
        for one in scenario.expects:
            assert one.clauses, one.claim
            assert [clause for clause in one.clauses if clause not in clauses.load()] == [], one.claim


@pytest.mark.thorough
@pytest.mark.usefixtures("permitted")
def test_a_client_that_does_not_follow_fails_the_scenario() -> None:
    """Wrong set-up: WiFi goes down, and the client stays where it was."""

    def story(world: World) -> Seen:
        world.plug(wifi_to_cellular.WIFI, wifi_to_cellular.CELLULAR, wifi_to_cellular.SERVER)
        world.serve("10.9.0.2")
        world.download("10.9.0.2", follows=False)
        world.when(0.4)
        world.down("wlan0")
        return world.finish(give_up=3.0)

    assert failed(run(replace(wifi_to_cellular.SCENARIO, story=story), pace=QUICK)) >= {
        "The client goes on from 10.2.0.2, and validates the path",
        "The server's packets go to 10.2.0.2 once the client sends from there",
    }


@pytest.mark.thorough
@pytest.mark.usefixtures("permitted")
def test_a_server_with_another_key_cannot_reset() -> None:
    """Wrong set-up: the server that starts again makes other tokens."""

    def story(world: World) -> Seen:
        world.plug(server_crash.CLIENT, server_crash.SERVER)
        world.serve_quic("server", server_crash.SERVER.hosts, reset_key=server_crash.KEY)
        world.serve_tcp(server_crash.SERVER.hosts, forgets=True)
        world.download(server_crash.SERVER.hosts[0])
        world.when(0.4)
        world.power_fails("eth0", "quic-server", "tcp-server")
        world.serve_quic("server-again", server_crash.SERVER.hosts)
        world.serve_tcp(server_crash.SERVER.hosts)
        world.ready()
        return world.finish(give_up=3.0)

    lost = failed(run(replace(server_crash.SCENARIO, story=story), pace=QUICK))
    assert "The client learns by a stateless reset that its connection is gone" in lost


@pytest.mark.thorough
@pytest.mark.usefixtures("permitted")
def test_a_balancer_that_reads_no_ids_fails_the_scenario() -> None:
    """Wrong set-up: the servers' connection IDs are routable, and the balancer goes by addresses."""

    def story(world: World) -> Seen:
        world.plug(WIFI, CELLULAR, SERVER)
        balanced(world, by_id=False)
        world.download(HOST)
        world.when(0.3)
        world.down("wlan0")
        return world.finish(give_up=3.0)

    lost = failed(run(replace(balanced_by_id.SCENARIO, story=story), pace=QUICK))
    assert "All 1-RTT packets reach the server that the connection began at" in lost
    assert "No server sends a stateless reset" in lost


def failed(result: Result) -> set[str]:
    """The claims that did not hold."""
    return {one.claim for one, answer in answers(result.scenario, result.seen) if not answer.held}
