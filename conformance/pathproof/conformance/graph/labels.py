"""What stands at the edges of a picture: the names of the actions, or numbers with a key to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathproof.conformance.chart.fonts import NOTE, NUMBER, Font
from pathproof.conformance.chart.sheet import broken
from pathproof.conformance.graph.phases import Move, PhaseGraph

NAMED, ROOM = 3, 175
"""Actions that a label names before it says how many more there are, and pixels across for one."""
Entry = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Labels:
    """The lines at each edge, in one font; and by number what each means, where they are numbers."""

    lines: Mapping[Move, tuple[str, ...]]
    font: Font
    key: dict[int, Entry]

    def size(self, move: Move) -> tuple[int, int]:
        """Width and height of the label of an edge."""
        lines = self.lines[move]
        return max(int(self.font.measure(line)) for line in lines) + 8, len(lines) * self.font.leading


def named(graph: PhaseGraph) -> Labels:
    """The names of the actions, the first few where they are many.

    >>> move = Move("a", "b", "protocol", ("go", "run", "jump", "fly", "fall"))
    >>> named(PhaseGraph("toy", 2, (), (move,))).lines[move]
    ('go', 'run', 'jump', 'and 2 more')
    """
    return Labels({move: _named(move) for move in graph.moves}, NOTE, {})


def _named(move: Move) -> tuple[str, ...]:
    lines = [line for action in move.actions[:NAMED] for line in broken(action, ROOM, NOTE)]
    more = len(move.actions) - NAMED
    return (*lines, f"and {more} more") if more > 0 else tuple(lines)


def numbered(graph: PhaseGraph) -> Labels:
    """A number for each set of actions of one kind of actor, and a key to them.

    >>> there, back = Move("a", "b", "protocol", ("go",)), Move("b", "a", "protocol", ("go",))
    >>> made = numbered(PhaseGraph("toy", 2, (), (there, back)))
    >>> made.lines[there], made.lines[back], made.key
    (('1',), ('1',), {1: ('protocol', ('go',))})
    """
    entries: dict[Entry, int] = {}
    for move in graph.moves:
        entries.setdefault((move.kind, move.actions), len(entries) + 1)
    lines = {move: (str(entries[move.kind, move.actions]),) for move in graph.moves}
    return Labels(lines, NUMBER, {number: entry for entry, number in entries.items()})
