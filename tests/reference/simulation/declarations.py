"""Stories of a client that declares what it may not, or what a sound server has to take."""

from __future__ import annotations

from collections.abc import Mapping

from tests.reference.simulation.breaches import unsurprised
from tests.reference.simulation.world import World

from pathproof.reference import varint
from pathproof.reference.connection import Connection
from pathproof.reference.handshake import Handshake
from pathproof.reference.migration import Path
from pathproof.reference.transport_parameters import write


def split(declared: bytes) -> dict[int, bytes]:
    """The values of transport parameters by their identifiers.

    >>> split(bytes.fromhex("0e01020c00"))
    {14: b'\\x02', 12: b''}
    """
    found: dict[int, bytes] = {}
    offset = 0
    while offset < len(declared):
        identifier, offset = varint.read(declared, offset)
        length, offset = varint.read(declared, offset)
        found[identifier], offset = declared[offset : offset + length], offset + length
    return found


def joined(values: Mapping[int, bytes]) -> bytes:
    """Transport parameters as they are declared, whatever their values.

    >>> joined({14: b"\\1"}).hex()
    '0e0101'
    """
    parts = [
        varint.write(identifier) + varint.write(len(value)) + value for identifier, value in values.items()
    ]
    return b"".join(parts)


def declares(world: World, identifier: int, value: bytes) -> None:
    """A second connection of the client's begins with this among what it declares."""
    world.run(1.0)
    unsurprised(world)
    make = world.ends["client"].make

    def made(is_client: bool, path: Path, first: bytes, peer: bytes, now: float) -> Connection:
        connection = make(is_client, path, first, peer, now)

        def start() -> None:
            """Say hello with it."""
            written = joined({**split(write(connection.local)), identifier: value})
            connection.handshake = Handshake(
                True, connection.configuration.tls, written, connection._on_keys, connection.on_secret
            )
            connection.handshake.start()
            connection.take_handshake()

        connection.start = start  # type: ignore[method-assign]
        return connection

    world.ends["client"].make = made  # type: ignore[method-assign]
    world.connect()
    world.run(1.0)


def limit_of_one(world: World) -> None:
    """A client that is ready for one connection ID alone (18.2-59)."""
    declares(world, 0x0E, b"\1")


def large_limit(world: World) -> None:
    """A client that is ready for any number of connection IDs."""
    declares(world, 0x0E, varint.write(1 << 40))


def token_of_a_client(world: World) -> None:
    """A client that declares a token of stateless reset (18.2-68)."""
    declares(world, 0x02, b"t" * 16)


def another_source(world: World) -> None:
    """A client that declares another connection ID than its packets have (7.3-07)."""
    declares(world, 0x0F, b"not this")
