"""Attackers beside the path and on it, and a server that crashes (RFC 9000 9.3, 10.3, 21)."""

from __future__ import annotations

import pytest
from tests.reference.simulation.network import ATTACKER, VICTIM, Race
from tests.reference.simulation.strangers import token
from tests.reference.simulation.test_moves import downloading, words
from tests.reference.simulation.world import World, home

from pathproof.reference.frames import PathChallenge, PathResponse
from pathproof.reference.path_validation.responses import MOST_OWED


def to(world: World, host: str) -> int:
    """Bytes that the server has sent to a host."""
    sent = [entry.datagram for entry in world.diary.entries if entry.what == "sent" and entry.datagram]
    return sum(len(one.data) for one in sent if one.sender == "server" and one.target[0] == host)


def test_a_racing_copy_drags_the_server_away_and_it_comes_back() -> None:
    """The copy came first, so the server follows, and asks the former path, too (9.3.3-02)."""
    world = downloading(1_000_000)
    world.network.race = Race(ATTACKER, ahead=True, forwards=True, left=1)
    world.run(5.0)
    assert world.application.is_done()
    assert words(world, "server", "moved") == [ATTACKER[0], home()[0]]
    assert words(world, "client", "moved") == []


def test_a_racing_copy_that_comes_late_moves_nothing() -> None:
    """A duplicate is no packet (12.3, 9.3-04)."""
    world = downloading(1_000_000)
    world.network.race = Race(ATTACKER, ahead=False, forwards=True)
    world.run(5.0)
    assert world.application.is_done() and words(world, "server", "moved") == []


def test_an_attacker_who_is_always_faster_and_forwards_all_loses_nothing() -> None:
    """Such a one may stay on the path (9.3.3), yet all data arrives."""
    world = downloading(300_000)
    world.network.race = Race(ATTACKER, ahead=True, forwards=True)
    world.run(20.0)
    assert world.application.is_done()


def copied_acknowledgment() -> World:
    """An idle connection, and a copy of the client's only packet that takes the server to a dead address."""
    world = downloading(1000)
    world.run(2.0)
    assert world.served is not None and world.application.is_done()
    world.served.control.ping()
    world.network.race = Race(VICTIM, ahead=True, left=1)
    world.until(lambda: words(world, "server", "moved") == [VICTIM[0]])
    return world


def test_a_copy_to_a_dead_address_is_undone_by_the_client() -> None:
    """Asked at the former path, the client answers with a packet that is no probe (9.3.3-02, 9.3.3-03)."""
    world = copied_acknowledgment()
    world.run(0.2)
    assert world.served is not None and world.served.paths.current.remote == home()
    assert to(world, VICTIM[0]) <= 3 * 1200


def test_a_copy_to_a_dead_address_while_the_client_is_away_is_reverted() -> None:
    """Nobody answers on either path: the server goes back to the address validated last (9.3.2-01)."""
    world = copied_acknowledgment()
    world.network.down.add(home()[0])
    world.run(9.0)
    assert world.served is not None and world.served.paths.current.remote == home()
    assert "server" not in world.application.ends
    assert to(world, VICTIM[0]) <= 3 * 1200


def test_a_move_to_a_dead_address_is_reverted() -> None:
    """A copy and a loss: the packet that moves the server came from where nobody is (9.3.2-01)."""
    world = downloading(1000)
    world.run(2.0)
    world.network.translated[home(1)] = VICTIM
    world.network.swallows = lambda one: one.target == VICTIM  # the new path leads out, and not back
    world.migrate(1)
    world.run(0.05)
    assert world.served is not None and world.served.paths.current.remote == VICTIM
    world.run(9.0)
    assert words(world, "client", "reverted") == [home()[0]]
    assert world.served.paths.current.remote == home() and to(world, VICTIM[0]) <= 3 * 2500
    world.finish()


@pytest.mark.parametrize("count", [1, 10, 100])
def test_a_spoofed_source_draws_no_flood_upon_a_victim(count: int) -> None:
    """A download is pointed at a victim: it gets three times what seemed to come from there (8-01)."""
    world = downloading(1_000_000)
    world.network.spoofs = [VICTIM] * count
    world.run(5.0)
    came = [one.datagram for one in world.diary.entries if one.what == "came" and one.datagram]
    assert 0 < to(world, VICTIM[0]) <= 3 * sum(len(one.data) for one in came if one.source == VICTIM)
    world.finish()


def test_many_spoofed_sources_cost_bounded_state() -> None:
    """A packet from each of a hundred addresses (9.3.1, 21.5)."""
    world = downloading(200_000)
    world.network.spoofs = [(f"198.51.100.{number}", 9) for number in range(1, 101)]
    for _ in range(100):
        world.connection.control.ping()
        world.run(0.03)
    world.finish()


def test_a_flood_of_challenges_is_answered_in_part() -> None:
    """Each datagram has a hundred challenges: those that are answered are the last (8.2.2-01)."""
    world = World(seed=1).established()
    before = len(world.diary.entries)
    for _ in range(20):
        world.client_sends(*(PathChallenge(world.rng.randbytes(8)) for _ in range(100)))
    world.run(0.5)
    answers = [
        sum(isinstance(frame, PathResponse) for frame in entry.datagram.frames)
        for entry in world.diary.entries[before:]
        if entry.what == "sent" and entry.datagram and entry.datagram.sender == "server"
    ]
    assert max(answers) == MOST_OWED and sum(answers) <= 20 * MOST_OWED
    world.application.request(10, 50_000)
    world.finish()


def test_a_crash_is_told_by_a_reset() -> None:
    """A server with the same key resets what it has forgotten (10.3.1, 10.3.2-01)."""
    world = downloading(1_000_000)
    world.migrate(1)
    world.run(0.2)
    world.crash()
    world.run(1.0)
    assert world.application.ends["client"].cause == "reset"


def test_two_that_have_lost_everything_do_not_reset_each_other_for_ever() -> None:
    """Each reset is smaller than its trigger, so that an exchange ends (10.3.3-01)."""
    world = downloading(1_000_000)
    world.crash()
    world.ends["client"].index.remove(world.connection)
    world.run(5.0)
    before = world.network.number
    world.run(60.0)
    assert world.network.number == before


def test_who_guesses_a_token_ends_nothing() -> None:
    """Random datagrams of the size of a reset, from the server's address (10.3.1)."""
    world = downloading(100_000)
    for size in (21, 42, 43, 100) * 20:
        data = b"\x40" + world.rng.randbytes(size - 1)
        world.network.inject(world.now, data, world.target, home())
    world.finish()
    assert world.application.ends == {} and world.application.is_done()


def test_a_reset_may_look_like_no_packet() -> None:
    """Whatever the bits before the token say, also a long header that nobody can read (10.3.1-07)."""
    world = downloading(100_000)
    broken = b"\xe0\x00\x00\x00\x01\x08" + b"\x55" * 38 + token(world)
    world.network.inject(world.now, broken, world.target, home())
    world.run(1.0)
    ended = world.ended("client")
    assert ended is not None and ended.cause == "reset"
