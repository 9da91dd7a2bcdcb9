"""What happens to a world whose download has begun: the stories in which mutants of the reference show."""

from __future__ import annotations

from tests.reference.simulation.datagram import Datagram
from tests.reference.simulation.network import VICTIM
from tests.reference.simulation.world import PREFERRED, World, home

from pathproof.reference.frames import NewConnectionId, PathChallenge


def migrations(world: World) -> None:
    """Three moves."""
    for number in (1, 2, 3):
        world.migrate(number)
        world.run(0.2)
    world.finish()


def many_migrations(world: World) -> None:
    """Three dozen moves."""
    for _ in range(12):
        migrations(world)


def spoofed(world: World) -> None:
    """A download is pointed at a victim."""
    world.network.spoofs = [VICTIM] * 3
    world.run(3.0)
    world.finish()


def storm_of_sources(world: World) -> None:
    """The client's packets seem to come from forty addresses."""
    world.network.spoofs = [(f"198.51.100.{number}", 9) for number in range(1, 41)]
    for _ in range(40):
        world.connection.control.ping()
        world.run(0.03)


def rotation(world: World) -> None:
    """The server wants its connection IDs retired."""
    assert world.served is not None
    world.served.rotate_connection_ids()
    world.finish()


def flood(world: World) -> None:
    """A hundred challenges, on a path that is new."""
    world.migrate(1)
    world.run(0.2)
    world.client_sends(*(PathChallenge(world.rng.randbytes(8)) for _ in range(100)))
    world.run(0.2)


def probing(world: World) -> None:
    """The client asks from another address, and stays."""
    world.probe(1)
    world.run(0.2)


def crash(world: World) -> None:
    """The server loses its state."""
    world.crash()
    world.finish()


def losses(world: World) -> None:
    """A lossy network, for a while."""
    world.network.loss = 0.2
    world.run(2.0)
    world.finish()


def silence(world: World) -> None:
    """The network is cut for some time."""
    world.network.down.add(home(1)[0])
    world.migrate(1)
    world.run(8.0)


def server_moves(world: World) -> None:
    """The server goes to another address of its own accord."""
    assert world.served is not None
    world.served.paths.move(PREFERRED, home(), world.now)
    world.run(0.1)


def asks(world: World) -> None:
    """One more request."""
    world.application.request(10, 1000)
    world.finish()


def waits(world: World) -> None:
    """All is read, and time passes."""
    world.run(8.0)
    world.application.request(10, 10)
    world.hostile_at = -1000.0
    world.finish()


def silent_rebinding(world: World) -> None:
    """An idle client is seen from another host: its first packet from there is small."""
    world.finish()
    world.run(2.0)
    world.rebind(host=True)
    world.connection.control.ping()
    world.run(0.5)


def reordering(world: World) -> None:
    """Packets from the old address come after those from the new one."""
    world.network.jitter = 0.1
    for number in range(1, 6):
        world.migrate(number)
        world.run(0.3)


def dead_address(world: World) -> None:
    """The client moves twice, and then a copy takes the server to where nobody answers."""
    migrations(world)
    world.run(3.0)
    world.network.down.add(home(3)[0])
    world.network.spoofs = [VICTIM]
    world.connection.control.ping()
    world.run(6.0)


def farewell(world: World) -> None:
    """The client closes."""
    world.application.closed = True
    world.connection.close(world.now, 7, "enough")
    world.pump()
    world.run(1.0)


def lossy_moves(world: World) -> None:
    """The client moves in a network that loses every third datagram."""
    world.network.loss = 0.3
    for number in (1, 2):
        world.migrate(number)
        world.run(1.0)
    world.finish()


def lossy_rotation(world: World) -> None:
    """The server wants its connection IDs retired, and what the client answers at first is lost."""
    world.run(1.0)
    assert world.served is not None
    world.served.rotate_connection_ids()
    world.pump()
    world.run(0.01)
    world.network.drops = 2
    world.run(3.0)
    world.finish()


def lossy_supply(world: World) -> None:
    """The client moves, what the server then supplies is lost, and the server wants all of it retired."""
    world.run(1.0)
    world.migrate(1)
    world.network.swallows = lambda datagram: datagram.from_server and supplies(datagram)
    world.run(0.3)
    world.network.swallows = lambda datagram: False
    assert world.served is not None
    world.served.rotate_connection_ids()
    world.run(3.0)
    world.finish()


def supplies(datagram: Datagram) -> bool:
    """Whether NEW_CONNECTION_ID is in it."""
    return any(isinstance(frame, NewConnectionId) for frame in datagram.frames)


def impatient_rotation(world: World) -> None:
    """The server wants its connection IDs retired, and wants so again at once."""
    world.run(1.0)
    assert world.served is not None
    for _ in range(3):
        world.served.rotate_connection_ids()
    world.pump()
    world.run(1.0)
    world.finish()


def slow_move(world: World) -> None:
    """The client moves to where a response takes longer than the wait for the next challenge."""
    world.run(1.0)
    world.network.latency = 0.7
    world.migrate(1)
    world.run(6.0)
    world.network.latency = 0.02
    world.finish()


def busy_rebinding(world: World) -> None:
    """A client in the middle of its download is seen from another host."""
    world.rebind(host=True)
    world.connection.control.ping()
    world.run(5.0)
    world.hostile_at = -1000.0  # what was rebound is no cause for an end
    world.finish()


def unanswered_handshake(world: World) -> None:
    """Another client says hello, and is never heard again."""
    world.run(1.0)
    world.application.closed = True
    world.connect()
    world.hostile_at = world.now
    world.network.swallows = lambda datagram: not datagram.from_server
    world.run(8.0)


def again(world: World) -> None:
    """A second connection is begun, and something is asked for."""
    world.run(1.0)
    world.connect()
    world.run(1.0)
    if world.served is not None:
        world.application.request(10, 3000)
    world.run(1.0)
    world.finish()


def closes_at_a_victim(world: World) -> None:
    """The server is shown a victim's address, and closes while its packets go there."""
    world.network.spoofs = [VICTIM] * 500
    world.run(0.1)
    assert world.served is not None
    world.application.closed = True
    world.served.close(world.now, 7, "enough")
    world.pump()
    for _ in range(40):
        world.connection.control.ping()
        world.run(0.01)


def talks_to_the_closed(world: World) -> None:
    """The server closes, its word is lost, and the client goes on for a while."""
    world.run(1.0)
    assert world.served is not None
    world.application.closed = True
    world.network.swallows = lambda datagram: datagram.from_server
    world.served.close(world.now, 7, "enough")
    world.pump()
    for _ in range(12):
        world.connection.control.ping()
        world.run(0.01)


def asked_by_the_client(world: World) -> None:
    """The client asks whether its server is still there, on the path in use."""
    world.run(1.0)
    world.connection.paths.validate(world.connection.paths.current, world.now)
    world.connection.touched()
    world.pump()
    world.run(0.5)
    world.finish()


def updates_keys(world: World) -> None:
    """The client updates its keys as it moves, and packets of both phases change places."""
    world.run(1.0)
    world.network.jitter = 0.05
    for number in (1, 2, 3):
        world.connection.update_keys(world.now)
        world.migrate(number)
        world.application.request(10, 3000)
        world.run(1.0)
    world.finish()


def moves_and_fails(world: World) -> None:
    """The client moves twice; at the second place nobody is reached."""
    world.run(1.0)
    world.migrate(1)
    world.run(1.0)
    world.network.down.add(home(2)[0])
    world.network.spoofs = [(home(2)[0], 1000)]
    world.connection.control.ping()
    world.run(6.0)
