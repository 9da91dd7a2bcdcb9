"""How wide a text may turn out in a picture, whatever font the viewer has.

An SVG names fonts and gets what there is, so widths are estimated from above. Each ASCII character counts
at least as wide as it is in DejaVu Sans and in Liberation Sans (which has Arial's widths), read from those
fonts; DejaVu Sans is the widest of those named.
"""

from dataclasses import dataclass

from pathproof.conformance.chart.wrap import cell, cells

SANS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
MONO = "Liberation Mono, DejaVu Sans Mono, Menlo, Consolas, monospace"

_EMS = (
    (0.36, " ',./:;I\\fijl|"),
    (0.42, "!()-[]rt"),
    (0.50, '"*J`_'),
    (0.56, "?Lcsz"),
    (0.64, "$0123456789FTabdeghknopquvxy{}"),
    (0.70, "ABEKPSVXYZ"),
    (0.79, "&CDGHNOQRU"),
    (0.84, "#+<=>^w~"),
    (1.02, "%MWm@"),
)
"""Upper bounds of widths, as parts of the font size."""

_EM = {character: em for em, characters in _EMS for character in characters}
_OTHER_EM, _WIDE_EM, _MONO_EM = 1.1, 1.05, 0.615
_BOLD_EM = 0.09  # what bold adds to each character, at most


@dataclass(frozen=True, slots=True)
class Font:
    """A font as an SVG text names it; `leading` is the distance between lines."""

    family: str
    size: int
    weight: str = "normal"

    @property
    def leading(self) -> int:
        """The distance from one line to the next.

        >>> Font(SANS, 14).leading
        19
        """
        return self.size * 11 // 8

    def measure(self, text: str) -> float:
        """Estimate the width of a text in pixels, from above.

        >>> Font(MONO, 10).measure("{0, 2}")
        36.9
        """
        if self.family == MONO:
            return round(cells(text) * self.size * _MONO_EM, 2)
        bold = _BOLD_EM if self.weight == "bold" else 0
        return round(sum(_em(character) + bold for character in text) * self.size, 2)


TITLE = Font(SANS, 18, "bold")
HEADER = Font(SANS, 15, "bold")
LABEL = Font(SANS, 14)
STRONG = Font(SANS, 14, "bold")
NUMBER = Font(SANS, 12, "bold")
NOTE = Font(SANS, 12)
VALUE = Font(MONO, 12)


def _em(character: str) -> float:
    """Estimate the width of one sans character, as a part of the font size."""
    if character == "\N{NO-BREAK SPACE}":
        character = " "  # the sheet writes the second of two spaces so; it is as wide as the first
    return _WIDE_EM if cell(character) == 2 else _EM.get(character, _OTHER_EM) * cell(character)
