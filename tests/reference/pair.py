"""Two endpoints whose datagrams go from one to the other by direct calls, at once and in order."""

from __future__ import annotations

import random
from typing import Any

from tests.reference.simulation.certificate import HOST, of_fixed_size

from pathproof.reference.connection import Configuration, Connection
from pathproof.reference.connection.packets import Draft, seal
from pathproof.reference.connection.sending import Outgoing
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.frames import Frame
from pathproof.reference.handshake import Settings
from pathproof.reference.migration import Address
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.spaces import Space

SERVER: Address = ("192.0.2.1", 443)


def address(number: int) -> Address:
    """One of many addresses of clients.

    >>> address(258)
    ('10.0.1.2', 1000)
    """
    return f"10.0.{number >> 8}.{number & 255}", 1000


class Pair:
    """An endpoint that serves, and one whose connections go there; `now` is the time at both.

    `client` and `server` are fields of their configurations.
    """

    def __init__(self, client: dict[str, Any] | None = None, server: dict[str, Any] | None = None) -> None:
        """Set both up, without a connection."""
        draw = random.Random(9000).randbytes
        certificate, key = of_fixed_size()
        serving = Configuration(Settings(("hq-interop",), certificate, key), **(server or {}))
        asking = Configuration(Settings(("hq-interop",), server_name=HOST, verify=False), **(client or {}))
        self.server = Endpoint(serving, draw, bytes(32), serves=True)
        self.client = Endpoint(asking, draw, b"1" * 32)
        self.now = 0.0

    def connect(self, number: int = 0) -> Connection:
        """Begin a connection from one of many addresses; nothing is sent yet."""
        return self.client.connect(address(number), SERVER, self.now)

    def established(self, number: int = 0) -> tuple[Connection, Connection]:
        """A connection with its handshake behind it, as both ends have it."""
        client = self.connect(number)
        self.pump()
        self.pass_time(0.1)
        assert client.is_confirmed
        return client, self.server.accepted.pop()

    def pump(self) -> int:
        """Carry datagrams until neither end has more to send, and return how many there were."""
        count = before = 0
        while count == 0 or count > before:
            before = count
            for sender, receiver in ((self.client, self.server), (self.server, self.client)):
                for out in list(sender.datagrams(self.now)):
                    receiver.receive(out.data, out.remote, out.local, self.now)
                    count += 1
            if count == before:
                break
        return count

    def pass_time(self, seconds: float) -> None:
        """Let time pass at both ends, deadline by deadline."""
        end = self.now + seconds
        for _ in range(10_000):
            times = [at for one in (self.client, self.server) if (at := one.deadline()) is not None]
            if not times or min(times) > end:
                break
            self.now = max(self.now, min(times))
            for one in (self.client, self.server):
                one.wake(self.now)
            self.pump()
        self.now = end

    def sends(self, sender: Connection, *frames: Frame, source: Address | None = None) -> None:
        """One end sends a packet with such frames, whatever it would send by itself."""
        path = sender.paths.current
        draft = Draft(sender, sender.spaces[Space.APPLICATION], path, FULL_SIZE)
        for frame in frames:
            draft.add(frame)
        out = Outgoing(seal(draft, self.now), path.local, path.remote)
        receiver = self.server if sender.is_client else self.client
        receiver.receive(out.data, out.remote, source or out.local, self.now)
