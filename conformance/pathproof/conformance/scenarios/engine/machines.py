"""The machines of a run: cables, servers, attackers and observers, each a process in a namespace."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from pathproof.conformance.scenarios.engine.child import Line
from pathproof.conformance.scenarios.engine.links import NETWORK, Cable, Links
from pathproof.conformance.scenarios.engine.namespaces import Namespaces
from pathproof.conformance.scenarios.engine.processes import Process, Processes
from pathproof.reference.migration import Address

QUIC_PORT, TCP_PORT = 4433, 8080


@dataclass(slots=True, kw_only=True)
class Machines:
    """All that runs in one run.

    Attributes
    ----------
    folder
        For the file that is served, and for what endpoints see.
    size, seed
        Bytes of that file, and what decides them and the losses.
    named
        Processes by their names; where one was started again, the latest.
    ends
        The folder in which each endpoint keeps what it sees.
    """

    namespaces: Namespaces
    folder: Path
    size: int
    seed: int
    links: Links = field(init=False)
    processes: Processes = field(init=False)
    named: dict[str, Process] = field(default_factory=dict)
    ends: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make what will be served."""
        self.links, self.processes = Links(self.namespaces), Processes(self.namespaces)
        self.served.parent.mkdir()
        self.served.write_bytes(random.Random(self.seed).randbytes(self.size))

    @property
    def served(self) -> Path:
        """The file that both servers have."""
        return self.folder / "served" / "file"

    def plug(self, *cables: Cable) -> None:
        """Make the machines at these cables, and begin to forward between them."""
        self.links.plug(cables)
        self.start(NETWORK, NETWORK, "network", self.links.plan(self.seed))

    def start(self, name: str, machine: str, module: str, asked: Line) -> Process:
        """Start a process of the engine."""
        self.named[name] = self.processes.start(name, machine, module, asked)
        return self.named[name]

    def serve(self, *hosts: str, preferred: Address | None = None) -> None:
        """Start a server of QUIC and one of TCP at these addresses of the machine `server`."""
        self.serve_quic("server", list(hosts), preferred=preferred)
        self.serve_tcp(list(hosts) + ([preferred[0]] if preferred else []))

    def serve_quic(
        self,
        name: str,
        hosts: list[str],
        port: int = QUIC_PORT,
        preferred: Address | None = None,
        reset_key: bytes = b"",
        server_id: bytes = b"",
    ) -> Process:
        """Start a QUIC server; without a key for resets, it has one of its own."""
        watch = self.folder / f"{name}-{len(self.ends)}.watch"
        self.ends[name] = watch
        asked: Line = {
            "root": str(self.served.parent),
            "hosts": hosts,
            "port": port,
            "watch": str(watch),
            "preferred": preferred,
            "reset_key": (reset_key or secrets.token_bytes(32)).hex(),
            "server_id": server_id.hex(),
        }
        return self.start(f"quic-{name}", "server", "quic_server", asked)

    def serve_tcp(self, hosts: list[str], forgets: bool = False) -> Process:
        """Start a TCP server; if it `forgets`, its connections are gone from the kernel, too, once it is."""
        asked: Line = {"hosts": hosts, "port": TCP_PORT, "file": str(self.served), "forgets": forgets}
        return self.start("tcp-server", "server", "tcp", asked)

    def ready(self) -> None:
        """Wait until all that was started is ready."""
        for process in self.named.values():
            if not process.is_expected_to_end:
                process.wait_for("ready")

    def copier(self, host: str, seen: str, source_ports: int = 0) -> Process:
        """Start an attacker on the path, which copies what comes from an interface, with another source."""
        asked = self._copying(host, source_ports) | {
            "from": self.links.cables[seen].port,
            "onto": self.links.cables["eth0"].port,
            "far": self.links.far_mac("eth0"),
            "near": self.links.far_mac(seen),
        }
        return self.start("attacker", NETWORK, "attackers", asked)

    def racer(self, machine: str, host: str, tap: str) -> Process:
        """Start an attacker off the path, which is shown packets at an interface of its own."""
        asked = self._copying(host, 0) | {"from": tap, "onto": "", "far": "", "near": ""}
        return self.start("attacker", machine, "attackers", asked)

    def _copying(self, host: str, source_ports: int) -> Line:
        return {"host": host, "ports": [QUIC_PORT, TCP_PORT], "source_ports": source_ports}

    def observe(self, name: str, machine: str, *interfaces: str) -> Process:
        """Start an observer of interfaces of a machine."""
        asked = {"interfaces": list(interfaces), "port": QUIC_PORT}
        return self.start(name, machine, "observer", asked)
