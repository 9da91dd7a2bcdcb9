"""Small machines with something to reduce: names that are alike, and messages that no longer matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pathproof.model.domains import Below, Symmetry, Upto, choice, number, numbers, parameter, table
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import (
    Numbers,
    Table,
    add,
    count,
    discard,
    discard_below,
    get,
    has,
    larger,
    put,
)

Extra = Callable[[Machine], None]


@dataclass(frozen=True)
class Sizes:
    """How many addresses and paths there are, and how far counters go."""

    addresses: int = parameter(3, least=1)
    paths: int = parameter(2, least=1)
    top: int = parameter(2)


@dataclass
class Roaming:
    """Names in every kind of field."""

    at: int = number(Below("addresses", "address"))
    last: int = number(Upto("addresses", "address", none=True))
    seen: Numbers = numbers(Below("addresses", "address"))
    visits: Table = table(Below("addresses", "address"), Upto("top"))
    origin: Table = table(Below("paths", "path"), Upto("addresses", "address", none=True))
    route: Table = table(Below("addresses", "address"), Below("paths", "path"))
    open: Numbers = numbers(Below("paths", "path"))
    mood: str = choice("calm", "busy")


Address = Annotated[int, Below("addresses", "address")]
Path = Annotated[int, Below("paths", "path")]


def begin(x: Roaming, p: Sizes) -> None:
    """At the first address."""
    x.seen = add(x.seen, 0)


def roaming(*extra: Extra) -> Machine:
    """A walker among addresses and paths that are all alike."""
    machine = Machine("roaming", Roaming, Sizes, begin, symmetric=("address", Symmetry("path")))

    @machine.action("protocol", "walker")
    def go(x: Roaming, p: Sizes, to: Address) -> bool:
        """To another address."""
        if to == x.at or get(x.visits, to) == p.top:
            return False
        x.last = x.at + 1
        x.at = to
        x.seen = add(x.seen, to)
        x.visits = put(x.visits, to, get(x.visits, to) + 1)
        return True

    @machine.action("protocol", "walker")
    def open_path(x: Roaming, p: Sizes, path: Path) -> bool:
        """A path from where it is."""
        if has(x.open, path):
            return False
        x.open = add(x.open, path)
        x.origin = put(x.origin, path, x.at + 1)
        x.route = put(x.route, x.at, path)
        x.mood = "busy"
        return True

    @machine.action("environment", "net")
    def close_path(x: Roaming, p: Sizes, path: Path) -> bool:
        """A path is gone."""
        if not has(x.open, path) or get(x.origin, path) == x.at + 1:
            return False
        x.open = discard(x.open, path)
        x.mood = "calm"
        return True

    @machine.always()
    def open_paths_have_an_origin(x: Roaming, p: Sizes, path: Path) -> bool:
        """What is open was opened somewhere."""
        return not has(x.open, path) or get(x.origin, path) > 0

    @machine.step()
    def nothing_is_unseen(before: Roaming, after: Roaming, p: Sizes, address: Address) -> bool:
        """What was seen stays so."""
        return not has(before.seen, address) or has(after.seen, address)

    @machine.sometimes()
    def everywhere(x: Roaming, p: Sizes) -> bool:
        """Every address was seen."""
        return count(x.seen) == p.addresses

    for add_to in extra:
        add_to(machine)
    return machine


@dataclass
class Mail:
    """Numbered letters, of which only those above the last one read matter."""

    sent: int = number(Upto("top"))
    flying: Numbers = numbers(Upto("top"))
    read: int = number(Upto("top"))


def mail(*extra: Extra) -> Machine:
    """Letters that are never lost, and a reader that looks at later ones only."""
    machine = Machine("mail", Mail, Sizes, lambda x, p: None)

    @machine.action("protocol", "writer")
    def send(x: Mail, p: Sizes, n: Annotated[int, Upto("top")]) -> bool:
        """A letter, in any order."""
        if n == 0 or has(x.flying, n):
            return False
        x.sent = larger(x.sent, n)
        x.flying = add(x.flying, n)
        return True

    @machine.action("environment", "reader")
    def deliver(x: Mail, p: Sizes, n: Annotated[int, Upto("top")]) -> bool:
        """A letter that is newer than what was read last; it may come again."""
        if not has(x.flying, n) or n <= x.read:
            return False
        x.read = n
        return True

    @machine.always()
    def read_was_sent(x: Mail, p: Sizes) -> bool:
        """Nothing is read that was not sent."""
        return x.read <= x.sent

    @machine.sometimes()
    def all_read(x: Mail, p: Sizes) -> bool:
        """The last letter of all was read."""
        return x.read == p.top

    for add_to in extra:
        add_to(machine)
    return machine


def forget_old(machine: Machine) -> None:
    """The normal form that is right: old letters are dropped."""

    @machine.normal_form()
    def old_letters(x: Mail, p: Sizes) -> None:
        """What is not newer than the last one read can no longer matter."""
        x.flying = discard_below(x.flying, x.read + 1)


def small(machine: Machine, paths: int = 1) -> Any:
    """A machine's bounds that its tests are about."""
    return machine.setting({"addresses": 3, "paths": paths, "top": 1 if machine.name == "roaming" else 4})
