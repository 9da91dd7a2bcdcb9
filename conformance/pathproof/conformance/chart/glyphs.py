"""The characters a text chart is drawn with: Unicode box drawing, and plain ASCII for poorer terminals."""

from dataclasses import dataclass

from pathproof.conformance.chart.wrap import printable

_SPELLED = {
    "→": "->", "←": "<-", "↔": "<->", "≤": "<=", "≥": ">=", "≠": "!=", "…": "...", "—": "-",
    "“": '"', "”": '"', "\N{EN DASH}": "-", "\N{MULTIPLICATION SIGN}": "x", "\N{LOGICAL OR}": "or",
    "∧": "and", "¬": "not ", "∈": "in", "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters, each one cell wide."""

    lane: str
    line: str
    tail: tuple[str, str]  # where an arrow leaves a lane, to the left and to the right
    cross: str
    attack_line: str
    attack_tail: tuple[str, str]
    attack_cross: str
    head: tuple[str, str]
    open_head: tuple[str, str]
    lost: str
    path: str
    step: str
    attack_step: str
    close: str
    state: str
    violation: str
    heavy: str
    heavy_cross: str
    box: tuple[str, ...]  # top left, top right, low left, low right, across, upright, joint with a lane
    ascii: bool = False

    def spell(self, text: str) -> str:
        """Write a text with the characters this set may use.

        >>> ASCII.spell("uses ≤ 2 → ok"), UNICODE.spell("uses ≤ 2")
        ('uses <= 2 -> ok', 'uses ≤ 2')
        """
        if not self.ascii:
            return text
        spelled = "".join(_SPELLED.get(character, character) for character in printable(text))
        return spelled.encode("ascii", "replace").decode("ascii")


UNICODE = Glyphs(
    lane="│", line="─", tail=("┤", "├"), cross="┼",
    attack_line="═", attack_tail=("╡", "╞"), attack_cross="╪",
    head=("◀", "▶"), open_head=("◁", "▷"), lost="✕", path="○",
    step="●", attack_step="◆", close="■", state="┆",
    violation="✗", heavy="━", heavy_cross="┿", box=tuple("┌┐└┘─│┬"),
)  # fmt: skip

ASCII = Glyphs(
    lane="|", line="-", tail=("+", "+"), cross="+",
    attack_line="=", attack_tail=("+", "+"), attack_cross="+",
    head=("<", ">"), open_head=("<", ">"), lost="x", path="O",
    step="o", attack_step="@", close="#", state=":",
    violation="X", heavy="=", heavy_cross="+", box=tuple("++++-|+"), ascii=True,
)  # fmt: skip
