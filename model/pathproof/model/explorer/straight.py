"""Straight-line LLVM code over vectors of words: constants fold, and equal operations are emitted once.

Several states are computed side by side, one a lane, so there are no branches: both sides of a question are
computed and the answer selects. An operand is a Python number (the same in every lane) or the name of a
vector of 64-bit numbers; a truth is a Python bool or the name of a vector of bits.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

Operand = int | str
Truth = bool | str

_FOLD: dict[str, Callable[[int, int], int]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "and": operator.and_,
    "or": operator.or_,
    "xor": operator.xor,
    "shl": operator.lshift,
    "lshr": operator.rshift,
}
_SAME_WITH: dict[str, int] = {"add": 0, "sub": 0, "mul": 1, "and": -1, "or": 0, "xor": 0, "shl": 0, "lshr": 0}
_COMPARE: dict[str, Callable[[int, int], bool]] = {"slt": operator.lt, "eq": operator.eq}


class Straight:
    """The lines of one function's body, for `lanes` states of so many words at a time.

    >>> code = Straight(4)
    >>> code.number("add", 1, 2)
    3
    >>> code.number("and", "%w", 7) == code.number("and", "%w", 7)
    True
    >>> code.lines
    ['%v0 = and <4 x i64> %w, <i64 7, i64 7, i64 7, i64 7>']
    """

    def __init__(self, lanes: int, words: int = 1) -> None:
        self.lanes = lanes
        self.words = words
        self.lines: list[str] = []
        self._known: dict[str, str] = {}

    def _emit(self, operation: str) -> str:
        name = self._known.get(operation)
        if name is None:
            name = self._known[operation] = f"%v{len(self._known)}"
            self.lines.append(f"{name} = {operation}")
        return name

    def text(self, operand: Operand) -> str:
        """The operand as LLVM writes it, without its type."""
        if isinstance(operand, str):
            return operand
        return "<" + ", ".join([f"i64 {int(operand)}"] * self.lanes) + ">"

    def bits(self, truth: Truth) -> str:
        """The truth as LLVM writes it, without its type."""
        if isinstance(truth, str):
            return truth
        return "<" + ", ".join([f"i1 {str(truth).lower()}"] * self.lanes) + ">"

    def number(self, op: str, left: Operand, right: Operand) -> Operand:
        """The result of `add`, `sub`, `mul`, `and`, `or`, `xor`, `shl` or `lshr`; shifts are below 64."""
        if isinstance(left, int) and isinstance(right, int):
            return _FOLD[op](left, right)
        if isinstance(right, int) and right == _SAME_WITH[op]:
            return left
        if isinstance(left, int) and op in ("add", "or", "xor") and left == 0:
            return right
        if op == "and" and 0 in (left, right):
            return 0
        return self._emit(f"{op} <{self.lanes} x i64> {self.text(left)}, {self.text(right)}")

    def call(self, function: str, operand: Operand, *flags: str) -> str:
        """The result of the LLVM intrinsic `function` on a vector."""
        vector = f"<{self.lanes} x i64>"
        arguments = ", ".join([f"{vector} {self.text(operand)}", *flags])
        return self._emit(f"call {vector} @llvm.{function}.v{self.lanes}i64({arguments})")

    def compare(self, op: str, left: Operand, right: Operand) -> Truth:
        """Whether `left` is less than (`slt`) or equal to (`eq`) `right`, as signed numbers."""
        if isinstance(left, int) and isinstance(right, int):
            return _COMPARE[op](left, right)
        return self._emit(f"icmp {op} <{self.lanes} x i64> {self.text(left)}, {self.text(right)}")

    def negate(self, truth: Truth) -> Truth:
        """Whether the truth does not hold."""
        if isinstance(truth, bool):
            return not truth
        return self._emit(f"xor <{self.lanes} x i1> {truth}, {self.bits(True)}")

    def both(self, left: Truth, right: Truth) -> Truth:
        """Whether both hold."""
        if isinstance(left, bool):
            return right if left else False
        if isinstance(right, bool):
            return left if right else False
        return left if left == right else self._emit(f"and <{self.lanes} x i1> {left}, {right}")

    def either(self, left: Truth, right: Truth) -> Truth:
        """Whether at least one holds."""
        if isinstance(left, bool):
            return True if left else right
        if isinstance(right, bool):
            return True if right else left
        return left if left == right else self._emit(f"or <{self.lanes} x i1> {left}, {right}")

    def choose(self, condition: Truth, yes: Operand, no: Operand) -> Operand:
        """`yes` in the lanes where the condition holds, and `no` in the others."""
        if isinstance(condition, bool):
            return yes if condition else no
        if yes == no:
            return yes
        vector = f"<{self.lanes} x i64>"
        lanes = f"<{self.lanes} x i1> {condition}"
        return self._emit(f"select {lanes}, {vector} {self.text(yes)}, {vector} {self.text(no)}")

    def choose_truth(self, condition: Truth, yes: Truth, no: Truth) -> Truth:
        """`yes` in the lanes where the condition holds, and `no` in the others."""
        if yes == no:
            return yes
        return self.either(self.both(condition, yes), self.both(self.negate(condition), no))
