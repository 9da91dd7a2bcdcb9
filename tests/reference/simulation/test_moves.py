"""A client that moves, for its own reasons or because the network moves it (RFC 9000 9)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reference.simulation.datagram import Datagram
from tests.reference.simulation.world import PREFERRED, PREFERRED_6, SERVER, World, home

from pathproof.reference.migration import NoSpareConnectionId


def words(world: World, name: str, what: str) -> list[str]:
    """The hosts of the paths of which one end told this."""
    return [host for word, host in world.application.told[name] if word == what]


def downloading(size: int = 300_000, **options: Any) -> World:
    """A download that has begun."""
    world = World(seed=1, **options).established()
    world.application.request(10, size)
    world.run(0.1)
    return world


def test_a_port_that_changes_while_idle_is_followed() -> None:
    """The server follows, validates the path, and keeps its congestion context (9.3-01, 9.4-03)."""
    world = World(seed=1).established()
    world.run(20.0)
    before = world.served.paths.current.congestion if world.served else None
    world.rebind()
    world.application.request(10, 50_000)
    world.finish()
    assert world.served is not None and world.served.paths.current.remote == world.network.outside(home())
    assert world.served.paths.current.congestion is before
    assert words(world, "server", "validated") == [home()[0]]


def test_a_host_that_changes_is_followed_with_a_new_context() -> None:
    """The whole address changes: the server begins its estimates anew (9.4-02)."""
    world = downloading()
    assert world.served is not None
    before = world.served.paths.current.congestion
    world.rebind(host=True)
    world.connection.control.ping()
    world.finish()
    assert world.served.paths.current.remote == world.network.outside(home())
    assert world.served.paths.current.congestion is not before


def test_a_download_outlives_a_migration() -> None:
    """Both ends validate the new path and give up the old one (9.2-03, 9.3-02)."""
    world = downloading()
    world.migrate(1)
    world.finish()
    for name in ("client", "server"):
        assert words(world, name, "validated") == [home(1)[0]]
        assert words(world, name, "forgotten") == [home(0)[0]]


def test_ten_migrations_in_one_download() -> None:
    """Each uses connection IDs of its own, which are retired and replaced (5.1.2-06, 5.1.1-16)."""
    world = downloading(3_000_000)
    for number in range(1, 11):
        world.migrate(number)
        world.run(0.15)
    assert not world.application.is_done()
    world.finish()
    assert words(world, "server", "moved") == [home(number)[0] for number in range(1, 11)]


def test_a_storm_of_migrations_ends_in_peace() -> None:
    """Moves come faster than validation: state stays bounded, and the last address wins (9.3-04)."""
    world, refused = downloading(), 0
    for count in range(1, 60):
        try:
            world.migrate(count % 7)
        except NoSpareConnectionId:
            refused += 1
        world.run(0.005)
    world.application.request(10, 100_000)
    world.finish()
    world.run(5.0)
    assert refused
    assert (
        world.served is not None and world.served.paths.current.remote == world.connection.paths.current.local
    )
    assert world.served.paths.current.is_validated


def test_a_failed_second_validation_takes_the_connection_back() -> None:
    """The new path loses what is larger than 1100 bytes, so that it proves unusable (8.2.1-08, 9.3.2-01)."""
    world = downloading()
    world.network.mtu[home(1)[0]] = 1100
    world.migrate(1)
    world.run(10.0)
    for name in ("client", "server"):
        assert words(world, name, "reverted") == [home(0)[0]], name
    assert world.application.is_done()


def test_a_key_update_during_a_migration() -> None:
    """Keys and paths change at once, at both ends, and nothing is lost (RFC 9001 6)."""
    world = downloading(1_000_000)
    for number in range(1, 6):
        assert world.served is not None
        world.connection.update_keys(world.now)
        world.migrate(number)
        world.run(0.4)
        world.served.update_keys(world.now)
        world.rebind()
        world.run(0.4)
    world.finish()
    assert world.connection.phased.updates >= 5


@pytest.mark.parametrize("client", [False, True])
@pytest.mark.parametrize("server", [False, True])
def test_connection_ids_that_are_empty(client: bool, server: bool) -> None:
    """Either end, or both, may do without connection IDs and still be followed (5.1.1-21, 9.5-10)."""
    world = downloading(client={"empty_connection_id": client}, server={"empty_connection_id": server})
    world.migrate(1)
    world.run(0.1)
    world.rebind(host=True)
    world.connection.control.ping()
    world.finish()
    assert words(world, "server", "moved") == [home(1)[0], world.network.outside(world.local)[0]]


def test_retry_proves_the_address_first() -> None:
    """With Retry the server keeps no state before the address is proved, and the rest is as ever (8.1.2)."""
    world = World(seed=1, server={"retries": True})
    world.until(lambda: world.connection.retry_source is not None)
    assert len(list(world.ends["server"].index)) == 0
    world.established().application.request(10, 100_000)
    world.migrate(1)
    world.finish()


def test_a_server_that_wants_nobody_to_move() -> None:
    """The client does not move, but its translator does, and the server follows (9-02, 9-03)."""
    world = downloading(server={"disable_active_migration": True})
    with pytest.raises(ValueError, match="disable_active_migration"):
        world.migrate(1)
    world.rebind(host=True)
    world.connection.control.ping()
    world.finish()
    assert words(world, "server", "validated") == [world.network.outside(home())[0]]


@pytest.mark.parametrize("family", [4, 6])
def test_the_preferred_address_of_either_family(family: int) -> None:
    """The client validates it and goes there, in the family that it speaks (9.6.1-03, 9.6.3-06)."""
    both = {"preferred_ipv4": PREFERRED, "preferred_ipv6": PREFERRED_6}
    world = downloading(family=family, server=both)
    world.finish()
    wanted = PREFERRED if family == 4 else PREFERRED_6
    assert world.connection.paths.current.remote == wanted
    assert world.served is not None and world.served.paths.current.local == wanted


def test_a_preferred_address_that_is_out_of_reach() -> None:
    """The client stays with the first address when the other is not validated (9.6.1)."""

    def cut(datagram: Datagram) -> bool:
        return PREFERRED in (datagram.source, datagram.target)

    world = World(seed=1, server={"preferred_ipv4": PREFERRED}, swallows=cut).established()
    world.application.request(10, 100_000)
    world.run(10.0)
    assert world.application.is_done() and world.connection.paths.current.remote == SERVER


def moving_meanwhile() -> World:
    """The client moves as its validation of the preferred address is under way."""
    world = World(seed=1, server={"preferred_ipv4": PREFERRED}).established()
    world.application.request(10, 100_000)
    world.migrate(1)
    world.finish()
    world.run(10.0)
    return world


def test_a_client_that_moves_as_it_takes_up_the_preferred_address() -> None:
    """The connection lives, and both ends agree on a path (9.6.3-02)."""
    world = moving_meanwhile()
    ours = world.connection.paths.current
    assert world.served is not None
    theirs = world.served.paths.current
    assert (ours.local, ours.remote) == (theirs.remote, theirs.local)
    assert ours.remote == PREFERRED


def test_a_client_that_moves_takes_the_preferred_address_along() -> None:
    """From its new address it validates both addresses of the server (9.6.3-01)."""
    assert moving_meanwhile().connection.paths.current.local == home(1)


def test_after_the_preferred_address_nothing_forbids_to_move() -> None:
    """disable_active_migration is about the address of the handshake alone (18.2-39, 18.2-40)."""
    world = downloading(server={"disable_active_migration": True, "preferred_ipv4": PREFERRED})
    world.run(1.0)
    assert world.connection.paths.current.remote == PREFERRED
    world.migrate(1)
