"""Where each field of a state lives in one word.

A word holds 63 bits: the sign bit stays clear, so that words order alike as signed and unsigned numbers.
States of up to 126 bits would be two such words: `Place` would name its word as well as its offset, and no
field would straddle the two.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from pathproof.model.domains import Choice, Domain, SetOf, TableOf, Upto
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable

WORD_BITS = 63


class BoundTooLarge(ValueError):
    """Bounds under which a state, or a number on the way to one, does not fit the compiled engine."""


class RangeError(ValueError):
    """A value outside the domain of the field that it was written to."""


@dataclass(frozen=True)
class Place:
    """The bits of one field.

    `keys` is how many numbers a set may hold or how many entries a table has (1 for numbers and choices);
    `entry` is the bits of one number or table entry and `highest` its largest value.
    """

    name: str
    offset: int
    keys: int
    entry: int
    highest: int
    names: tuple[str, ...] = ()
    kind: type[Domain] = Upto

    @property
    def bits(self) -> int:
        """How many bits the field takes."""
        return self.keys * self.entry

    @property
    def mask(self) -> int:
        """A one for each bit of the field, from bit 0 up."""
        return (1 << self.bits) - 1


class Layout:
    """The places of all fields of a machine's state, under some parameters.

    Raises `BoundTooLarge` where a state takes more than one word.

    >>> from pathproof.model.explorer.toy import TOY
    >>> layout = Layout(TOY, TOY.setting({"most": 3}))
    >>> [(place.name, place.offset, place.bits) for place in layout.places.values()]
    [('next', 0, 2), ('held', 2, 3)]
    """

    def __init__(self, machine: Machine, parameters: Any) -> None:
        self.machine = machine
        self.parameters = parameters
        self.places = _places(machine, parameters)
        self.bits = sum(place.bits for place in self.places.values())
        if self.bits > WORD_BITS:
            needs = f"{machine.name} at these bounds needs {self.bits} bits of state"
            lower = _what_to_lower(machine, parameters, self.bits)
            raise BoundTooLarge(f"{needs}; one word holds {WORD_BITS}{lower}")

    def pack(self, state: Any) -> int:
        """The word of a state.

        Raises `RangeError` for a value outside its field's domain.
        """
        word = 0
        for name, place in self.places.items():
            word |= _to_bits(place, getattr(state, name)) << place.offset
        return word

    def unpack(self, word: int) -> Any:
        """The state of a word, as the executed engine has it.

        >>> from pathproof.model.explorer.toy import TOY
        >>> layout = Layout(TOY, TOY.setting({"most": 3}))
        >>> layout.unpack(0b10101)
        State(next=1, held={0, 2})
        """
        state = self.machine.state()
        for name, place in self.places.items():
            setattr(state, name, _from_bits(place, word >> place.offset & place.mask))
        return state


def _places(machine: Machine, parameters: Any) -> dict[str, Place]:
    places: dict[str, Place] = {}
    offset = 0
    for name, domain in machine.domains().items():
        places[name] = _place(name, domain, offset, vars(parameters))
        offset += places[name].bits
    return places


def _what_to_lower(machine: Machine, parameters: Any, bits: int) -> str:
    """The parameters that save bits when they are lower by one, the best three first."""
    saved = {}
    for declared in fields(parameters):
        value = getattr(parameters, declared.name)
        if declared.init and isinstance(value, int) and value > declared.metadata.get("least", 0):
            less = _places(machine, replace(parameters, **{declared.name: value - 1}))
            saved[declared.name] = bits - sum(place.bits for place in less.values())
    best = sorted((name for name in saved if saved[name] > 0), key=lambda name: -saved[name])
    return f": lower {' or '.join(best[:3])}" if best else ""


def _place(name: str, domain: Domain, offset: int, parameters: dict[str, Any]) -> Place:
    if isinstance(domain, Choice):
        last = len(domain.names) - 1
        return Place(name, offset, 1, last.bit_length(), last, domain.names, Choice)
    if isinstance(domain, SetOf):
        return Place(name, offset, max(domain.members.highest(parameters) + 1, 0), 1, 1, (), SetOf)
    if isinstance(domain, TableOf):
        highest = domain.values.highest(parameters)
        keys = max(domain.keys.highest(parameters) + 1, 0)
        return Place(name, offset, keys, highest.bit_length(), highest, (), TableOf)
    highest = domain.highest(parameters)
    return Place(name, offset, 1, highest.bit_length(), highest)


def _to_bits(place: Place, value: Any) -> int:
    if place.kind is Choice:
        return place.names.index(value)
    if isinstance(value, PlainNumbers):
        _check(place, value, all(0 <= member < place.keys for member in value.members))
        return sum(1 << member for member in value.members)
    if isinstance(value, PlainTable):
        entries = value.entries.items()
        _check(place, value, all(0 <= key < place.keys and 0 < n <= place.highest for key, n in entries))
        return sum(number << key * place.entry for key, number in entries)
    _check(place, value, 0 <= value <= place.highest)
    return int(value)


def _check(place: Place, value: Any, fits: bool) -> None:
    if fits:
        return
    if place.kind is SetOf:
        raise RangeError(f"{value} to {place.name}, which holds numbers below {place.keys}")
    if place.kind is TableOf:
        span = f"keys below {place.keys} and values up to {place.highest}"
        raise RangeError(f"{value} to {place.name}, which has {span}")
    raise RangeError(f"{value} to {place.name}, which ranges from 0 to {place.highest}")


def _from_bits(place: Place, bits: int) -> Any:
    if place.kind is Choice:
        return place.names[bits]
    if place.kind is SetOf:
        return PlainNumbers(member for member in range(place.keys) if bits >> member & 1)
    if place.kind is TableOf:
        entry = (1 << place.entry) - 1
        return PlainTable({key: bits >> key * place.entry & entry for key in range(place.keys)})
    return bits
