"""What each word of the vocabulary is over packed words.

A set is a mask with one bit a member, a table a run of equal entries, a choice an index. Every value carries
what is known about it beforehand, the interval of a number and the possible members of a set, so that a
check is emitted only where it could fail. Where a value cannot be held at all (a set member beyond 62, a
table entry beyond its field), the lane is marked `bad` and the search stops there instead of going wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathproof.model.explorer.layout import BoundTooLarge
from pathproof.model.explorer.places import WORD_BITS, Place
from pathproof.model.explorer.straight import Operand, Straight, Truth
from pathproof.model.explorer.values import Entries, Mask, Number, ones
from pathproof.model.plain import PlainNumbers
from pathproof.model.terms import Term, TruthTerm


class Words:
    """Emits terms; `fields` says in which word, and where in it, each variable lives."""

    def __init__(self, code: Straight, fields: Mapping[str, tuple[Operand, Place]]) -> None:
        self.code = code
        self.fields = fields
        self.checked = False  # whether some value on the way may not be held
        self._known: dict[int, tuple[Any, Truth]] = {}
        self._bad: list[Truth] = [False]

    def take_bad(self) -> Truth:
        """The lanes in which a value since the last call could not be held."""
        bad, self._bad[-1] = self._bad[-1], False
        return bad

    def mark(self, bad: Truth) -> None:
        """Note the lanes in which the value being emitted cannot be held."""
        self._bad[-1] = self.code.either(self._bad[-1], bad)

    def _mark_unless(self, held: Truth) -> None:
        """Note the lanes in which a set or table on the way to a value cannot be held."""
        self.checked = self.checked or held is not True
        self.mark(self.code.negate(held))

    def _value(self, term: Term) -> Any:
        if id(term) not in self._known:
            self._bad.append(False)
            value = getattr(self, f"_{term.op}")(*term.args)
            self._known[id(term)] = value, self._bad.pop()
        value, bad = self._known[id(term)]
        self.mark(bad)
        return value

    def truth(self, term: TruthTerm) -> Truth:
        """The lanes in which an atom holds."""
        found: Truth = self._value(term)
        return found

    def number(self, term: Any) -> Number:
        """A number, from a term or a known value."""
        if isinstance(term, int):
            return Number(int(term), int(term), int(term))
        found: Number = self._value(term)
        if max(-found.low, found.high) >= 1 << 62:
            raise BoundTooLarge(f"{term!r} may reach {found.high}, beyond the compiled engine's 62 bits")
        return found

    def mask(self, term: Any) -> Mask:
        """A set, from a term or a known set."""
        if isinstance(term, PlainNumbers):
            known = sum(1 << member for member in term.members)
            return Mask(known, known)
        found: Mask = self._value(term)
        return found

    def entries(self, term: Any) -> Entries:
        """A table, from a term."""
        found: Entries = self._value(term)
        return found

    def extract(self, name: str) -> Operand:
        """The bits of a field, shifted down."""
        word, place = self.fields[name]
        return self.code.number("and", self.code.number("lshr", word, place.shift), place.mask)

    # Variables

    def _number(self, name: str) -> Number:
        return Number(self.extract(name), 0, self.fields[name][1].highest)

    def _choice(self, name: str) -> Number:
        return self._number(name)

    def _set(self, name: str) -> Mask:
        return Mask(self.extract(name), self.fields[name][1].mask)

    def _table(self, name: str) -> Entries:
        return Entries(self.extract(name), self.fields[name][1])

    # Numbers

    def _plus(self, left: Any, right: Any) -> Number:
        a, b = self.number(left), self.number(right)
        return Number(self.code.number("add", a.code, b.code), a.low + b.low, a.high + b.high)

    def _less(self, left: Any, right: Any) -> Number:
        a, b = self.number(left), self.number(right)
        return Number(self.code.number("sub", a.code, b.code), a.low - b.high, a.high - b.low)

    def _times(self, left: Any, right: Any) -> Number:
        a, b = self.number(left), self.number(right)
        corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return Number(self.code.number("mul", a.code, b.code), min(corners), max(corners))

    def _larger(self, left: Any, right: Any) -> Number:
        a, b = self.number(left), self.number(right)
        smaller = self.code.compare("slt", a.code, b.code)
        return Number(self.code.choose(smaller, b.code, a.code), max(a.low, b.low), max(a.high, b.high))

    def _count(self, numbers: Any) -> Number:
        a = self.mask(numbers)
        code = a.code.bit_count() if isinstance(a.code, int) else self.code.call("ctpop", a.code)
        return Number(code, 0, a.possible.bit_count())

    def _lowest(self, numbers: Any) -> Number:
        a = self.mask(numbers)
        first = self.code.call("cttz", a.code, "i1 false")
        none = self.code.compare("eq", a.code, 0)
        return Number(self.code.choose(none, 0, first), 0, max(a.possible.bit_length() - 1, 0))

    # Sets

    def _within(self, number: Number, below: int) -> Truth:
        at_least = number.low >= 0 or self.code.negate(self.code.compare("slt", number.code, 0))
        at_most = number.high < below or self.code.compare("slt", number.code, below)
        return self.code.both(at_least, at_most)

    def _bit(self, number: Number) -> tuple[Operand, Truth]:
        """The mask of one number, 0 where a word has no bit for it, and whether it has one."""
        inside = self._within(number, WORD_BITS)
        place = number.code if inside is True else self.code.number("and", number.code, 63)
        return self.code.choose(inside, self.code.number("shl", 1, place), 0), inside

    def _ones(self, bound: Number) -> Operand:
        code = bound.code
        if bound.low < 0:
            code = self.code.choose(self.code.compare("slt", code, 0), 0, code)
        if bound.high > WORD_BITS:
            code = self.code.choose(self.code.compare("slt", code, WORD_BITS), code, WORD_BITS)
        return self.code.number("sub", self.code.number("shl", 1, code), 1)

    def _without(self, left: Operand, right: Operand) -> Operand:
        # For masks of 63 bits, -1 - x is the complement of x.
        return self.code.number("and", left, self.code.number("sub", -1, right))

    def _add(self, numbers: Any, number: Any) -> Mask:
        a, n = self.mask(numbers), self.number(number)
        bit, inside = self._bit(n)
        self._mark_unless(inside)
        within = ones(min(n.high + 1, WORD_BITS)) & ~ones(n.low)
        return Mask(self.code.number("or", a.code, bit), a.possible | within)

    def _discard(self, numbers: Any, number: Any) -> Mask:
        a = self.mask(numbers)
        bit, _ = self._bit(self.number(number))
        return Mask(self._without(a.code, bit), a.possible)

    def _below(self, numbers: Any, bound: Any) -> Mask:
        a, n = self.mask(numbers), self.number(bound)
        return Mask(self.code.number("and", a.code, self._ones(n)), a.possible & ones(n.high))

    def _missing(self, numbers: Any, low: Any, high: Any) -> Mask:
        a, first, last = self.mask(numbers), self.number(low), self.number(high)
        if first.low < 0 or last.high > WORD_BITS:
            outside = self.code.either(
                self.code.compare("slt", first.code, 0), self.code.compare("slt", WORD_BITS, last.code)
            )
            empty = self.code.negate(self.code.compare("slt", first.code, last.code))
            self._mark_unless(self.code.either(self.code.negate(outside), empty))
        span = self._without(self._ones(last), self._ones(first))
        return Mask(self._without(span, a.code), ones(min(last.high, WORD_BITS)) & ~ones(first.low))

    def _union(self, numbers: Any, others: Any) -> Mask:
        a, b = self.mask(numbers), self.mask(others)
        return Mask(self.code.number("or", a.code, b.code), a.possible | b.possible)

    def _minus(self, numbers: Any, others: Any) -> Mask:
        a, b = self.mask(numbers), self.mask(others)
        return Mask(self._without(a.code, b.code), a.possible)

    # Tables

    def _entry(self, key: Number, place: Place) -> tuple[Operand, Truth]:
        """How far to shift for the entry of a key, and whether the table has that key."""
        inside = self._within(key, place.keys)
        shift = self.code.number("mul", key.code, place.entry)
        return self.code.choose(inside, shift, 0), inside

    def _get(self, table: Any, key: Any) -> Number:
        a, k = self.entries(table), self.number(key)
        shift, inside = self._entry(k, a.place)
        entry = self.code.number("and", self.code.number("lshr", a.code, shift), ones(a.place.entry))
        return Number(self.code.choose(inside, entry, 0), 0, a.place.highest)

    def _put(self, table: Any, key: Any, value: Any) -> Entries:
        a, k, v = self.entries(table), self.number(key), self.number(value)
        shift, inside = self._entry(k, a.place)
        nothing = self.code.both(self.code.negate(inside), self.code.compare("eq", v.code, 0))
        fits = self.code.both(inside, self._within(v, a.place.highest + 1))
        self._mark_unless(self.code.either(fits, nothing))
        cleared = self._without(a.code, self.code.number("shl", ones(a.place.entry), shift))
        entry = self.code.number("shl", self.code.number("and", v.code, ones(a.place.entry)), shift)
        return Entries(self.code.choose(inside, self.code.number("or", cleared, entry), a.code), a.place)

    # Truths

    def _has(self, numbers: Any, number: Any) -> Truth:
        bit, _ = self._bit(self.number(number))
        shared = self.code.number("and", self.mask(numbers).code, bit)
        return self.code.negate(self.code.compare("eq", shared, 0))

    def _empty(self, numbers: Any) -> Truth:
        return self.code.compare("eq", self.mask(numbers).code, 0)

    def _lt(self, left: Any, right: Any) -> Truth:
        return self.code.compare("slt", self.number(left).code, self.number(right).code)

    def _eq(self, left: Any, right: Any) -> Truth:
        return self.code.compare("eq", self.number(left).code, self.number(right).code)

    def _is(self, choice: Any, index: int) -> Truth:
        return self.code.compare("eq", self.number(choice).code, index)
