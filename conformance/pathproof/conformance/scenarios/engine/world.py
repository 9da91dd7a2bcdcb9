"""What a story acts with: cables, servers, downloads, events of the network, and attackers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from pathproof.conformance.scenarios.engine.child import Line
from pathproof.conformance.scenarios.engine.flow import measured
from pathproof.conformance.scenarios.engine.judged import judged
from pathproof.conformance.scenarios.engine.links import NETWORK
from pathproof.conformance.scenarios.engine.machines import QUIC_PORT, TCP_PORT, Machines
from pathproof.conformance.scenarios.engine.seen import Mark, Seen
from pathproof.conformance.scenarios.engine.watch import read

LIMIT = 30.0
"""Seconds in which what a story waits for has to happen."""
DARK = 0.3
"""Seconds for which a machine without power has no cable: more than a round trip and what queues hold."""


class StoryStuck(Exception):
    """What a story waits for did not happen; the text says what."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a run is: bytes of each download, and seconds for which TCP is watched after QUIC is done."""

    size: int
    patience: float


FULL, QUICK = Pace(2_000_000, 5.0), Pace(300_000, 0.8)


@dataclass(slots=True, kw_only=True)
class World(Machines):
    """One run, while it is on: what a story does, and what is measured of it.

    Attributes
    ----------
    patience
        Seconds for which a download that does not move is watched.
    marks, pauses
        What the story did and when, and from when to when it asked for nothing.
    began
        The machine's clock when the downloads were asked for.
    asked
        Bytes that each download has asked for so far.
    """

    patience: float
    marks: list[Mark] = field(default_factory=list)
    pauses: list[tuple[float, float]] = field(default_factory=list)
    began: float = 0.0
    asked: int = 0

    # Downloads.

    def download(self, host: str, follows: bool = True) -> None:
        """Have a QUIC client and a TCP client begin to fetch the same file, at the same time."""
        watch = self.folder / "client.watch"
        self.ends["client"] = watch
        asked: Line = {"host": host, "port": QUIC_PORT, "watch": str(watch), "follows": follows}
        self.start("quic-client", "client", "quic_client", asked)
        self.start("tcp-client", "client", "tcp", {"host": host, "port": TCP_PORT})
        self.ready()
        self.began = time.monotonic()
        self.fetch()

    def fetch(self) -> None:
        """Ask for the file once more, on the same connections."""
        self.asked += self.size
        for client, more in (("quic-client", {"path": "/file"}), ("tcp-client", {"size": self.size})):
            process = self.named[client]
            if not process.said("ended") and process.running.poll() is None:
                process.is_expected_to_end = client == "tcp-client"
                process.order("fetch", **more)

    def received(self, kind: str) -> int:
        """Bytes that have come over `quic` or `tcp` so far."""
        lines = list(self.named[f"{kind}-client"].lines)
        return max((line["bytes"] for line in lines if line["event"] in ("progress", "fetched")), default=0)

    def when(self, part: float, *kinds: str) -> None:
        """Go on once such a part of what was asked for has come, over QUIC unless `kinds` names others."""
        wanted = int(part * self.asked)
        for kind in kinds or ("quic",):
            self.until(partial(self._has, kind, wanted), f"{wanted} bytes over {kind}")

    def _has(self, kind: str, wanted: int) -> bool:
        return self.received(kind) >= wanted

    def until(self, so: Callable[[], bool], what: str, limit: float = LIMIT) -> None:
        """Go on once something is so.

        Raises
        ------
        StoryStuck
            If it is not in time.
        """
        if not self.named["quic-client"].until(so, limit):
            raise StoryStuck(f"waited {limit:g} s for {what}")

    def idle(self, seconds: float) -> None:
        """Let time pass in which nobody asks for anything."""
        start = time.monotonic() - self.began
        self.mark("network", f"nobody says anything for {seconds:g} s")
        time.sleep(seconds)
        self.pauses.append((start, time.monotonic() - self.began))

    # Events.

    def mark(self, lane: str, text: str) -> None:
        """Note that something happens now."""
        self.marks.append(Mark(time.monotonic() - self.began, lane, text))

    def down(self, interface: str) -> None:
        """An interface goes down."""
        self.mark("network", f"{interface} goes down")
        self.links.down(interface)

    def up(self, interface: str) -> None:
        """An interface comes up."""
        self.mark("network", f"{interface} comes up")
        self.links.up(interface)

    def lose(self, interface: str, version: int) -> None:
        """An interface loses its addresses of one IP version."""
        self.mark("network", f"{interface} loses its IPv{version} address")
        self.links.lose(interface, version)

    def power_fails(self, interface: str, *names: str) -> None:
        """A machine loses all it knew: its cable is dead while processes are killed, so that nobody is told.

        The kernel of this machine survives; what it would go on to send and to say of them goes nowhere.
        """
        self.mark("network", f"power fails at the {self.links.cables[interface].machine}")
        self.links.down(interface)
        for name in names:
            self.named[name].kill()
        time.sleep(DARK)
        self.links.up(interface)

    def migrate(self, host: str) -> None:
        """The client goes on from another of its addresses, because it wants to."""
        self.mark("network", f"the client migrates to {host}")
        self.named["quic-client"].order("migrate", host=host)

    def mirror(self, interface: str, to: str) -> None:
        """What a machine sends by an interface is shown at another machine's interface, too, and at once."""
        cables = self.links.cables
        self.named[NETWORK].order("mirror", interface=cables[interface].port, to=cables[to].port)

    def attack(self, what: str, copies: int, seconds: float = LIMIT) -> None:
        """Have the attacker make so many copies of either protocol's packets, for so long at most."""
        self.mark("attacker", what)
        self.named["attacker"].order("go", copies=copies, seconds=seconds)

    # The end.

    def finish(self, at_least: float = 0.0, give_up: float = LIMIT) -> Seen:
        """Wait for both downloads; what is no longer moving after `patience` has stalled.

        `at_least` is for how many seconds from now on is watched in any case, `give_up` for how many at most.
        """
        earliest = time.monotonic() + at_least
        quic, tcp = self.named["quic-client"], self.named["tcp-client"]
        quic.until(lambda: self._is_over("quic"), give_up)
        tcp.until(lambda: self._is_over("tcp") or self._is_quiet("tcp"), LIMIT)
        time.sleep(max(0.0, earliest - time.monotonic()))
        ended = time.monotonic()
        self.processes.end()
        self.processes.check()
        return self._seen(ended)

    def _is_over(self, kind: str) -> bool:
        process = self.named[f"{kind}-client"]
        is_all = self.received(kind) >= self.asked and bool(process.said("fetched"))
        return is_all or bool(process.said("ended")) or process.running.poll() is not None

    def _is_quiet(self, kind: str) -> bool:
        """Whether nothing has come for so long that it has stalled."""
        last = max((line["at"] for line in list(self.named[f"{kind}-client"].lines)), default=self.began)
        return time.monotonic() - last > self.patience

    def _seen(self, ended: float) -> Seen:
        traces = {name: read(folder) for name, folder in self.ends.items() if folder.exists()}
        lines = {name: process.lines for name, process in self.named.items()}
        pauses = tuple(self.pauses)
        return Seen(
            self.began,
            ended - self.began,
            measured(lines["quic-client"], self.began, ended, self.asked, pauses),
            measured(lines["tcp-client"], self.began, ended, self.asked, pauses),
            judged(traces),
            self.marks,
            lines,
            traces,
            tuple(map(str, self.links.cables.values())),
        )
