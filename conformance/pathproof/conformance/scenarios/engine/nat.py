"""A translator of addresses and ports, as at the border of a home network."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.reference.migration import Address

FIRST_PORT = 20000


@dataclass(slots=True)
class Binding:
    """Inside address, the port it has outside, and when it was last used, in seconds."""

    inside: Address
    port: int
    used: float


@dataclass(slots=True)
class Nat:
    """Gives each inside address and port a port of one outside host, UDP and TCP apart.

    A packet out of the middle of a TCP connection gets a new binding like any other: the translator knows no
    connections. `forgets_after` is in seconds of silence, 0 for never. `rebound` has each inside address that
    got another port: when, of which protocol, which address, and the port.

    Examples
    --------
    >>> nat = Nat("198.51.100.1", forgets_after=30.0)
    >>> nat.out(17, ("10.0.0.2", 5000), now=0.0), nat.out(17, ("10.0.0.2", 5000), now=29.0)
    (('198.51.100.1', 20000), ('198.51.100.1', 20000))
    >>> nat.inwards(17, 20000, now=30.0), nat.inwards(17, 20000, now=61.0)
    (('10.0.0.2', 5000), None)
    >>> nat.out(17, ("10.0.0.2", 5000), now=62.0)
    ('198.51.100.1', 20001)
    """

    outside: str
    forgets_after: float = 0.0
    rebound: list[tuple[float, int, Address, int]] = field(default_factory=list)
    _bindings: dict[tuple[int, Address], Binding] = field(default_factory=dict)
    _known: set[tuple[int, Address]] = field(default_factory=set)
    _next: int = FIRST_PORT

    def out(self, protocol: int, inside: Address, now: float) -> Address:
        """The address outside of a packet from inside."""
        binding = self._bindings.get((protocol, inside))
        if binding is None or self._is_old(binding, now):
            binding = self._bindings[protocol, inside] = Binding(inside, self._next, now)
            self._next += 1
            if (protocol, inside) in self._known:
                self.rebound.append((now, protocol, inside, binding.port))
            self._known.add((protocol, inside))
        binding.used = now
        return self.outside, binding.port

    def inwards(self, protocol: int, port: int, now: float) -> Address | None:
        """The inside address that a packet from outside is for, if there is one."""
        for (known, inside), binding in self._bindings.items():
            if (known, binding.port) == (protocol, port) and not self._is_old(binding, now):
                binding.used = now
                return inside
        return None

    def _is_old(self, binding: Binding, now: float) -> bool:
        return bool(self.forgets_after) and now - binding.used > self.forgets_after
