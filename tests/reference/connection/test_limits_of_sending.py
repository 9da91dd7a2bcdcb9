"""What goes at one time: the pacer's burst, and what an address may get before it is validated."""

from __future__ import annotations

import pytest
from tests.reference.simulation.world import World, home

from pathproof.reference.frames import PathChallenge, Ping, Stream
from pathproof.reference.path_validation import FULL_SIZE


def by_time(world: World, since: int) -> dict[float, int]:
    """Bytes that the server sent at each time, of datagrams with stream data."""
    sent: dict[float, int] = {}
    for entry in world.diary.entries[since:]:
        one = entry.datagram
        is_of_server = entry.what == "sent" and one is not None and one.sender == "server"
        if is_of_server and one and any(isinstance(frame, Stream) for frame in one.frames):
            sent[entry.time] = sent.get(entry.time, 0) + len(one.data)
    return sent


def test_no_more_than_a_burst_leaves_at_one_time() -> None:
    """A large answer is spread over the round trip: at one time goes an initial window at most (7.7)."""
    world = World(seed=1, latency=0.05).established()
    world.application.request(10, 600_000)
    world.run(60.0)
    assert world.application.is_done() and world.served is not None
    control = world.served.paths.first.congestion
    assert control.window > 4 * control.initial_window
    assert max(by_time(world, 0).values()) <= control.initial_window


def test_without_a_pacer_more_than_a_burst_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    monkeypatch.setattr("pathproof.reference.pacing.Pacer.when", lambda self, size, now, *more: now)
    with pytest.raises(AssertionError):
        test_no_more_than_a_burst_leaves_at_one_time()


def moved(lost: int, size: int = 0) -> World:
    """A client whose address changes while it listens, and so many challenges to it that are lost."""
    world = World(seed=1).established()
    world.application.request(10, 600_000)
    world.run(0.2)
    assert world.served is not None
    world.rebind(host=True)
    outside, gone = world.network.outside(home()), 0

    def swallows(one: object) -> bool:
        nonlocal gone
        is_probe = any(isinstance(frame, PathChallenge) for frame in one.frames)  # type: ignore[attr-defined]
        gone += is_probe and one.target == outside  # type: ignore[attr-defined]
        return bool(is_probe and one.target == outside and gone <= lost)  # type: ignore[attr-defined]

    world.network.swallows = swallows
    if size:
        world.client_sends(Ping())
    else:
        world.connection.control.ping()
    return world


@pytest.mark.parametrize("size", [0, FULL_SIZE])
@pytest.mark.parametrize("lost", [0, 1, 2])
def test_lost_challenges_do_not_end_a_connection(lost: int, size: int) -> None:
    """Data leaves room for those that follow: the third of an attempt may still validate (8.2.1, 8.2.4)."""
    world = moved(lost, size)
    world.run(3.2)
    assert world.served is not None
    assert world.served.paths.current.remote == world.network.outside(home())
    assert world.served.paths.current.is_validated
    assert world.application.ends == {}


def test_data_leaves_room_for_challenges() -> None:
    """Before the address is validated, what data may use is what is over."""
    world = moved(lost=9, size=FULL_SIZE)
    world.run(0.2)
    assert world.served is not None
    path = world.served.paths.current
    assert path.validation is not None and not path.ledger.validated
    assert path.ledger.room() >= path.validation.reserve() == 2 * FULL_SIZE
