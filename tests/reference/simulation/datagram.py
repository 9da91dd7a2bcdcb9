"""A datagram on its way through the simulated network."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.reference.frames import Frame
from pathproof.reference.migration import Address
from pathproof.reference.spaces import Space

SERVER_HOSTS = ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2")


@dataclass(slots=True)
class Datagram:
    """Bytes with addresses as the network sees them, and what its sender knows of them."""

    number: int
    data: bytes
    source: Address
    target: Address
    sender: str  # "client", "server" or "attacker"
    frames: tuple[Frame, ...] = ()
    spaces: frozenset[Space] = frozenset()
    local: Address = ("", 0)  # the sender's own address, as it knows it
    is_long: bool = False
    from_server: bool = False  # a copy of the attacker's has it of the original
    holder: str = field(default="")  # who is at the target: "client", "server", "attacker" or nobody

    def lane(self) -> str:
        """The lane of a chart to which it goes: a party, or an address that nobody is at."""
        if self.target[0] in SERVER_HOSTS:
            return "server"
        return self.holder or f"{self.target[0]}:{self.target[1]}"

    def via(self) -> str:
        """The client's address on the way, as a chart names it."""
        host, port = self.target if self.from_server else self.source
        return f"{host}:{port}"

    def addresses_on_the_way(self) -> list[str]:
        """Lanes of addresses that this datagram needs."""
        needed = [self.via()] if {self.sender, self.lane()} <= {"client", "server"} else []
        return needed + ([self.lane()] if self.lane() not in ("client", "server", "attacker") else [])
