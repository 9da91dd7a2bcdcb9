"""An endpoint under asyncio: sockets, the clock and the timer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from pathproof.reference.connection import Outgoing
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.migration import Address
from pathproof.reference.udp.link import Link

BATCH = 256
"""Datagrams that are taken from a socket, or sent, before something else gets its turn."""
GRANULARITY = 0.001
"""Seconds that a timer runs at least: a deadline that has passed must not keep the loop from all else."""


class Runner:
    """Runs one endpoint in the loop that runs now.

    Parameters
    ----------
    endpoint
        What is run.
    on_progress
        Called after datagrams or time have come to the endpoint, and before it sends: the application's turn.

    Attributes
    ----------
    failure
        A future that gets the exception of the application or the endpoint, if there is one.
    """

    def __init__(self, endpoint: Endpoint, on_progress: Callable[[], None]) -> None:
        self.endpoint, self.on_progress = endpoint, on_progress
        self._loop = asyncio.get_running_loop()
        self.failure: asyncio.Future[None] = self._loop.create_future()
        self._links: dict[Address, Link] = {}
        self._waiting: deque[Outgoing] = deque()  # until a socket has room
        self._timer: asyncio.TimerHandle | None = None
        self._soon: asyncio.Handle | None = None

    @property
    def now(self) -> float:
        """The time, in seconds."""
        return self._loop.time()

    @property
    def addresses(self) -> list[Address]:
        """The local addresses, as the endpoint knows them."""
        return list(self._links)

    def open(self, local: Address) -> Address:
        """Listen at an address, too, and return it with the port that it got."""
        link = Link(local)
        while link.name in self._links:  # the endpoint knows another socket by this name, since a rebinding
            link.close()
            link = Link(local)
        self._links[link.name] = link
        self._loop.add_reader(link.socket, self._readable, link)
        return link.name

    def rebind(self, name: Address) -> Address:
        """Go on from another port, which is returned; as with a NAT, the endpoint hears nothing of it."""
        former, made = self._links[name], Link((name[0], 0))
        self._shut(former)
        reached, made.name = made.name, name
        self._links[name] = made
        self._loop.add_reader(made.socket, self._readable, made)
        return reached

    def shut(self, name: Address) -> None:
        """Listen no more at an address."""
        self._shut(self._links.pop(name))

    def close(self) -> None:
        """Give up all sockets and timers, which ends the closing state sooner (10.2-09)."""
        for name in self.addresses:
            self.shut(name)
        for handle in (self._timer, self._soon):
            if handle is not None:
                handle.cancel()
        self._timer = self._soon = None
        self.failure.cancel()

    def flush(self) -> None:
        """The application's turn, and then everything goes that may be sent now."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        self._guarded(self._progress)

    # What the loop calls.

    def _readable(self, link: Link) -> None:
        self._guarded(self._receive, link)

    def _receive(self, link: Link) -> None:
        now = self.now
        for _ in range(BATCH):
            came = link.receive()
            if came is None:
                break
            self.endpoint.receive(*came, now)
        self._progress()

    def _timed(self) -> None:
        self._timer = None
        self._guarded(self._wake)

    def _wake(self) -> None:
        self.endpoint.wake(self.now)
        self._progress()

    def _writable(self, link: Link) -> None:
        self._loop.remove_writer(link.socket)
        self._guarded(self._progress)

    def _guarded(self, does: Callable[..., None], *arguments: Link) -> None:
        """An exception belongs to whoever waits for the runner, not into the log of the loop."""
        if self.failure.done():
            return
        try:
            does(*arguments)
        except Exception as error:
            self.failure.set_exception(error)

    # Details.

    def _progress(self) -> None:
        self.on_progress()
        if self._send():
            self._arm()

    def _send(self) -> bool:
        """Send at most a batch; the answer is False where more waits, and the loop will come back for it."""
        left = BATCH
        while self._waiting:
            if not self._sent(self._waiting[0]):
                return False
            self._waiting.popleft()
        for out in self.endpoint.datagrams(self.now):
            if not self._sent(out):
                self._waiting.append(out)
                return False
            left -= 1
            if not left:
                self._soon = self._soon or self._loop.call_soon(self.flush)
                return False
        return True

    def _sent(self, out: Outgoing) -> bool:
        link = self._link(out.local)
        if link is None or link.send(out.data, out.local, out.remote):
            return True  # what leaves by an address that is gone is lost
        self._loop.add_writer(link.socket, self._writable, link)
        return False

    def _link(self, local: Address) -> Link | None:
        found = self._links.get(local)
        if found is None:
            found = self._links.get(("::" if ":" in local[0] else "0.0.0.0", local[1]))
        return found

    def _arm(self) -> None:
        """Have the loop come back when the endpoint wants to be woken."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadline = self.endpoint.deadline()
        if deadline is not None:
            self._timer = self._loop.call_at(max(deadline, self.now + GRANULARITY), self._timed)

    def _shut(self, link: Link) -> None:
        self._loop.remove_reader(link.socket)
        self._loop.remove_writer(link.socket)
        link.close()
