"""A server of the files below a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from pathproof.reference.connection import Configuration, Connection, Ended, Event
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.hq import Responder
from pathproof.reference.load_balancing import Configuration as Routing
from pathproof.reference.migration import Address
from pathproof.reference.observer import Observer
from pathproof.reference.udp.runner import Runner

Told = Callable[[Connection, Event | str], None]
"""Hears of an event of a connection, or a file that was served, in words."""


class Server:
    """Serves the files below `root` at some addresses, in the loop that runs now.

    Parameters
    ----------
    configuration
        Of its connections; the certificate is there, too.
    root
        The folder.
    listen
        Addresses by number; port 0 takes a free one. The configuration's preferred ones come in addition.
    told
        Hears what happens.
    on_secret
        Takes lines for a key log.
    observer
        Sees what passes the boundary of the endpoint.
    reset_key
        Secret of 32 bytes, from which tokens of stateless reset follow: a server that is started again with
        it can reset what it has forgotten (10.3.2). Without one, it is made for this run.
    routing, server_id
        A configuration of QUIC-LB for connection IDs, and the server ID in them.

    Raises
    ------
    OSError
        If an address is taken, or not one of this machine.
    """

    def __init__(
        self,
        configuration: Configuration,
        root: Path,
        listen: Iterable[Address],
        told: Told = lambda connection, event: None,
        on_secret: Callable[[str], None] | None = None,
        observer: Observer | None = None,
        reset_key: bytes | None = None,
        routing: Routing | None = None,
        server_id: bytes = b"",
    ) -> None:
        self.root, self.told = root, told
        self.endpoint = Endpoint(
            configuration,
            os.urandom,
            os.urandom(32) if reset_key is None else reset_key,
            serves=True,
            routing=routing,
            server_id=server_id,
            on_secret=on_secret,
            observer=observer,
        )
        self.runner = Runner(self.endpoint, self._progress)
        self.served = 0  # bytes of files, of connections that are over
        self._responders: dict[Connection, Responder] = {}
        preferred = (configuration.preferred_ipv4, configuration.preferred_ipv6)
        try:
            self.addresses = [self.runner.open(local) for local in listen]
            for local in preferred:
                if local is not None:
                    self.runner.open(local)
        except OSError:
            self.runner.close()
            raise

    @property
    def connections(self) -> list[Connection]:
        """Those that are not over."""
        return list(self._responders)

    def close(self) -> None:
        """End every connection, and tell the clients."""
        for connection in self.connections:
            connection.close(self.runner.now)
        self.runner.flush()
        for connection in self.connections:
            self._end(connection)
        self.runner.close()

    def _progress(self) -> None:
        while self.endpoint.accepted:
            self._begin(self.endpoint.accepted.popleft())
        for connection, responder in list(self._responders.items()):
            while connection.events:
                event = connection.events.popleft()
                self.told(connection, event)
                if isinstance(event, Ended):
                    self._end(connection)
            if connection.ending.is_open:
                responder.work()

    def _begin(self, connection: Connection) -> None:
        responder = Responder(self.root, connection.streams)
        responder.on_served = lambda name, size: self.told(connection, f"{name}: {size} bytes")
        self._responders[connection] = responder

    def _end(self, connection: Connection) -> None:
        responder = self._responders.pop(connection, None)
        if responder is not None:
            self.served += responder.served
            responder.close()
