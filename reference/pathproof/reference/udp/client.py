"""A client with sockets that it can change."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from pathproof.reference.connection import Configuration, Connection
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.migration import Address, Path
from pathproof.reference.observer import Observer
from pathproof.reference.udp.runner import Runner


class Client:
    """One connection to a server, in the loop that runs now.

    Parameters
    ----------
    configuration
        Of the connection.
    remote
        The server's address, by number.
    local
        The address to begin at, by number; without one, that which leads to the server, with a free port.
    on_progress
        The application's turn.
    on_secret
        Takes lines for a key log.
    token
        An address validation token of an earlier connection (8.1.3).
    observer
        Sees what passes the boundary of the endpoint.

    Raises
    ------
    OSError
        If the local address is taken, or none leads to the server.
    """

    def __init__(
        self,
        configuration: Configuration,
        remote: Address,
        local: Address | None = None,
        on_progress: Callable[[], None] = lambda: None,
        on_secret: Callable[[str], None] | None = None,
        token: bytes = b"",
        observer: Observer | None = None,
    ) -> None:
        self.endpoint = Endpoint(
            configuration, os.urandom, os.urandom(32), on_secret=on_secret, observer=observer
        )
        self.on_progress = on_progress
        self.runner = Runner(self.endpoint, self._progress)
        name = self.runner.open(local or (source_of(remote), 0))
        self.connection: Connection = self.endpoint.connect(name, remote, self.runner.now, token)

    def migrate(self, local: Address | None = None, remote: Address | None = None) -> Path:
        """Open a socket at another address, or another port of this one, and go on from there (9.2).

        Raises
        ------
        NoSpareConnectionId, ValueError
            As `Connection.migrate`; the connection stays where it is.
        OSError
            If the address is taken, or not one of this machine.
        """
        return self._open(self.connection.migrate, local, remote)

    def probe(self, local: Address | None = None, remote: Address | None = None) -> Path:
        """Open a socket at another address, and find out whether the server is reached from there (9.1).

        Raises the same as `migrate`.
        """
        return self._open(self.connection.probe, local, remote)

    def _open(
        self, does: Callable[[Address, Address, float], Path], local: Address | None, remote: Address | None
    ) -> Path:
        current = self.connection.paths.current
        name = self.runner.open(local or (current.local[0], 0))
        try:
            return does(name, remote or current.remote, self.runner.now)
        except Exception:
            self.runner.shut(name)
            raise

    def rebind(self) -> Address:
        """Send from another port, of which the connection hears nothing, as behind a NAT (9.3)."""
        return self.runner.rebind(self.connection.paths.current.local)

    def ping(self) -> None:
        """Ask the server for a sign of life (RFC 9000 10.1.2)."""
        if self.connection.is_confirmed:
            self.connection.control.ping()
            self.runner.flush()

    def close(self) -> None:
        """End the connection and tell the server."""
        self.connection.close(self.runner.now)
        self.runner.flush()
        self.runner.close()

    def _progress(self) -> None:
        self.on_progress()
        wanted = {path.local for path in self.connection.paths.known}
        for name in self.runner.addresses:
            if name not in wanted:
                self.runner.shut(name)


def source_of(remote: Address) -> str:
    """The address of this machine from which datagrams to another one leave.

    >>> source_of(("127.0.0.1", 443))
    '127.0.0.1'
    """
    family = socket.AF_INET6 if ":" in remote[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asking:
        asking.connect(remote)  # of a UDP socket, it sends nothing
        host: str = asking.getsockname()[0]
        return host
