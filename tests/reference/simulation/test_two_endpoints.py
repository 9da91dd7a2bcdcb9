"""Hypothesis drives two endpoints over a hostile network: no rule is ever broken, and in the end all arrives.

`--hypothesis-seed=N` replays a run; a failure prints the steps that lead to it, and its sequence chart.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.reference.simulation.machine import TwoEndpoints
from tests.reference.simulation.watching import TALLY
from tests.reference.simulation.world import World

NORMAL = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=True,
)
THOROUGH = settings(NORMAL, max_examples=2000, stateful_step_count=60, derandomize=False)


def test_rules_hold_whatever_happens() -> None:
    """Some thousand steps, the same each time, and all that the endpoints do refines the machines."""
    before = followed()
    run_state_machine_as_test(TwoEndpoints, settings=NORMAL)
    assert followed() > before + 30_000


def followed() -> int:
    """Steps of machines that were followed so far, in all worlds of this process."""
    return TALLY.taken.total() + TALLY.parts.total()


@pytest.mark.thorough
def test_rules_hold_whatever_happens_for_long() -> None:
    """A hundred thousand steps, others each time."""
    run_state_machine_as_test(TwoEndpoints, settings=THOROUGH)


def test_a_seed_repeats_a_run() -> None:
    """Two runs of one seed have the same datagrams but for their bytes: TLS draws its own keys."""
    runs = []
    for _ in range(2):
        world = World(seed=7, loss=0.1, jitter=0.02, duplication=0.1).established()
        world.application.request(100, 100_000)
        world.run(0.1)
        world.migrate(1)
        world.finish()
        sent = [(entry.time, entry.what, entry.datagram) for entry in world.diary.entries if entry.datagram]
        runs.append([(time, what, one.source, one.target, len(one.data)) for time, what, one in sent])
    assert runs[0] == runs[1]


def test_a_run_comes_to_rest() -> None:
    """When all has arrived, neither end sends any more, until silence ends the connection at both."""
    world = World(seed=3).established()
    world.application.request(100, 50_000)
    world.migrate(1)
    world.run(3.0)
    assert world.application.is_done()
    before = world.network.number
    world.run(60.0)
    assert world.network.number == before
    assert {name: end.cause for name, end in world.application.ends.items()} == {
        "client": "idle",
        "server": "idle",
    }


def test_a_client_at_the_preferred_address_hears_the_old_one() -> None:
    """A server without a connection ID for its preferred address goes on from the old one (9.6.2-03)."""
    run = TwoEndpoints()
    preferred = {"preferred_ipv4": ("192.0.2.2", 443), "active_connection_id_limit": 2}
    run.begin(seed=0, family=4, client={}, server=preferred)
    run.attacker_spoofs(count=2, source=("203.0.113.66", 666))
    run.client_asks(answer=100, size=1)
    run.connection_ids_rotate(name="client")
    run.teardown()
