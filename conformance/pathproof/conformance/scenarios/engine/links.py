"""Cables between machines and the network: veth pairs with addresses, routes and neighbours."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from functools import partial

from pathproof.conformance.scenarios.engine.child import Line
from pathproof.conformance.scenarios.engine.namespaces import Namespaces, plain_frames, run, within

NETWORK = "network"
"""The machine in which the network's process runs."""
ETHERNET_MTU = 1500


@dataclass(frozen=True, slots=True)
class Cable:
    """An interface of a machine, and what lies between it and the network.

    Parameters
    ----------
    machine, interface
        Where it is; a name of an interface is used once in a run.
    addresses
        With their prefixes, as `10.1.0.2/24`; the first address of each prefix is the network's.
    delay, loss, rate
        One-way delay in seconds, losses from 0 to 1, bits per second.
    metric
        Of the default route by it: the lowest one that is up is taken.
    outside
        Address to which a translator changes all sources; "" without one.
    forgets_after
        Seconds of silence after which the translator forgets; 0 for never.
    spoofs
        Whether packets with any source are taken from there.
    is_silent
        Whether the machine has none of these addresses itself, so that it answers nothing.

    Examples
    --------
    >>> Cable("client", "wlan0", ("10.1.0.2/24",)).hosts
    ['10.1.0.2']
    >>> str(Cable("client", "wlan0", ("10.1.0.2/24",), loss=0.002, outside="198.51.100.1"))
    "client's wlan0 10.1.0.2: 10 ms, 4 Mbit/s, 0.2 % lost, seen as 198.51.100.1"
    """

    machine: str
    interface: str
    addresses: tuple[str, ...]
    delay: float = 0.01
    loss: float = 0.0
    rate: float = 4e6
    metric: int = 100
    outside: str = ""
    forgets_after: float = 0.0
    spoofs: bool = False
    is_silent: bool = False

    def __str__(self) -> str:
        """Whose it is, and what it is like."""
        lost = f", {100 * self.loss:g} % lost" if self.loss else ""
        seen = f", seen as {self.outside}" if self.outside else ""
        like = f"{1000 * self.delay:g} ms, {self.rate / 1e6:g} Mbit/s{lost}{seen}"
        return f"{self.machine}'s {self.interface} {' and '.join(self.hosts)}: {like}"

    @property
    def hosts(self) -> list[str]:
        """The addresses without their prefixes."""
        return [str(ipaddress.ip_interface(text).ip) for text in self.addresses]

    @property
    def port(self) -> str:
        """The network's end."""
        return f"n-{self.interface}"


@dataclass(slots=True)
class Links:
    """The cables of one run."""

    namespaces: Namespaces
    cables: dict[str, Cable] = field(default_factory=dict)

    def plug(self, cables: tuple[Cable, ...]) -> None:
        """Make the machines, and plug their cables into the network."""
        for machine in dict.fromkeys((NETWORK, *(cable.machine for cable in cables))):
            self.namespaces.make(machine)
        for cable in cables:
            self.cables[cable.interface] = cable
            self._plug(cable)
        for machine in dict.fromkeys(cable.machine for cable in cables):
            mine = [cable.interface for cable in cables if cable.machine == machine]
            within(self.namespaces.name(machine), partial(plain_frames, mine))
        ports = [cable.port for cable in cables]
        within(self.namespaces.name(NETWORK), partial(plain_frames, ports))

    def down(self, interface: str) -> None:
        """Take an interface down; the routes by it go, too."""
        self.namespaces.configure(self.cables[interface].machine, f"link set {interface} down")

    def up(self, interface: str) -> None:
        """Take an interface up, with its addresses and routes."""
        cable = self.cables[interface]
        self.namespaces.configure(
            cable.machine, *_machine_end(cable, self._mac(cable, 2), self._table(cable))
        )

    def lose(self, interface: str, version: int) -> None:
        """Take the addresses of one family from an interface, and the routes with them."""
        cable = self.cables[interface]
        family = ("ip", f"-{version}", "-n", self.namespaces.name(cable.machine))
        run(*family, "addr", "flush", "dev", interface)
        for table in ("main", str(self._table(cable))):
            run(*family, "route", "flush", "table", table, "dev", interface)

    def plan(self, seed: int) -> Line:
        """What the network's process has to know."""
        return {"seed": seed, "ports": [self._port(cable) for cable in self.cables.values()]}

    def far_mac(self, interface: str) -> str:
        """The hardware address of a machine's end, as hexadecimal digits."""
        return self._mac(self.cables[interface], 1)

    def _port(self, cable: Cable) -> Line:
        return {
            "interface": cable.port,
            "prefixes": list(cable.addresses),
            "mac": self._mac(cable, 2),
            "far": self._mac(cable, 1),
            "delay": cable.delay,
            "loss": cable.loss,
            "rate": cable.rate,
            "spoofs": cable.spoofs,
            "outside": cable.outside,
            "forgets_after": cable.forgets_after,
        }

    def _plug(self, cable: Cable) -> None:
        machine = self.namespaces.name(cable.machine)
        near, far = _colons(self._mac(cable, 2)), _colons(self._mac(cable, 1))
        self.namespaces.configure(
            NETWORK,
            f"link add {cable.port} address {near} mtu {ETHERNET_MTU} type veth "
            f"peer name {cable.interface} address {far} mtu {ETHERNET_MTU} netns {machine}",
            f"link set {cable.port} addrgenmode none",
            f"link set {cable.port} up",
        )
        self.namespaces.configure(cable.machine, f"link set {cable.interface} addrgenmode none")
        for host in _own(cable):
            version = f"-{ipaddress.ip_address(host).version}"
            run("ip", version, "-n", machine, "rule", "add", "from", host, "lookup", str(self._table(cable)))
        self.up(cable.interface)

    def _table(self, cable: Cable) -> int:
        """The routing table of packets from this cable's addresses: they leave by it, as long as it is up."""
        return 100 + list(self.cables).index(cable.interface)

    def _mac(self, cable: Cable, end: int) -> str:
        """Hardware addresses are made up (the 2 says so), so that nobody has to ask for them."""
        return f"{0x020000000000 + list(self.cables).index(cable.interface) * 2 + end:012x}"


def _own(cable: Cable) -> list[str]:
    """The addresses that the machine has itself."""
    return [] if cable.is_silent else cable.hosts


def _machine_end(cable: Cable, gateway_mac: str, table: int) -> list[str]:
    """The commands that set up a machine's interface."""
    lines = [f"link set {cable.interface} up"]
    for text in cable.addresses if not cable.is_silent else ():
        here = ipaddress.ip_interface(text)
        gateway = here.network.network_address + 1
        nodad = " nodad" if here.version == 6 else ""
        lines += [
            f"addr replace {text} dev {cable.interface}{nodad}",
            f"neigh replace {gateway} lladdr {_colons(gateway_mac)} dev {cable.interface} nud permanent",
            f"route replace default via {gateway} dev {cable.interface} metric {cable.metric}",
            f"route replace default via {gateway} dev {cable.interface} table {table}",
        ]
    return lines


def _colons(mac: str) -> str:
    """A hardware address as programs write it.

    >>> _colons("020000000001")
    '02:00:00:00:00:01'
    """
    return ":".join(mac[at : at + 2] for at in range(0, 12, 2))
