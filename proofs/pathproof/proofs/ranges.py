"""Every field stays in its declared domain: lemmas made from the declarations, proved like any claim.

They tell that a packed state never overflows, whatever its bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pathproof.model.domains import Below, Domain, SetOf, TableOf, Upto
from pathproof.model.machine import Claim, Machine
from pathproof.model.vocabulary import get, has

ANY = Upto(0)  # an argument that may be any number; only exploration would read this domain


def ranges(machine: Machine) -> Iterator[Claim]:
    """One lemma for each field that holds numbers."""
    for name, domain in machine.domains().items():
        holds = _lemma(name, domain)
        if holds is not None:
            arguments = {} if isinstance(domain, Upto) else {"number": ANY}
            yield Claim(f"{name}_stays_in_range", holds, "always", (), arguments)


def _lemma(name: str, domain: Domain) -> Callable[..., bool] | None:
    def within(s: Any, p: Any) -> bool:
        assert isinstance(domain, Upto)
        return getattr(s, name) >= 0 and _bounded(getattr(s, name), domain, p)

    def members(s: Any, p: Any, number: int) -> bool:
        assert isinstance(domain, SetOf)
        return not has(getattr(s, name), number) or _bounded(number, domain.members, p)

    def entries(s: Any, p: Any, number: int) -> bool:
        assert isinstance(domain, TableOf)
        value = get(getattr(s, name), number)
        return value >= 0 and _bounded(value, domain.values, p)

    if isinstance(domain, Upto):
        return within
    return members if isinstance(domain, SetOf) else entries if isinstance(domain, TableOf) else None


def _bounded(value: int, domain: Upto, p: Any) -> bool:
    bound = domain.limit(lambda name: getattr(p, name))
    return bool(value < bound) if isinstance(domain, Below) else bool(value <= bound)
