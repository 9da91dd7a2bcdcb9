"""Sections numbered in the order of the text, as the tools of the RFC Editor number them."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Outline:
    """The numbers of sections that come one by one, each with the depth of its heading.

    A heading that is more than one level deeper than the one above it is still its first subsection.

    Examples
    --------
    >>> outline = Outline()
    >>> [outline.number(depth) for depth in (1, 2, 2, 1, 3, 2)]
    ['1', '1.1', '1.2', '2', '2.1', '2.2']
    >>> Outline(appendices=True).number(1)
    'A'
    """

    def __init__(self, *, appendices: bool = False) -> None:
        """Number from 1, or from A."""
        self._appendices = appendices
        self._open: list[tuple[int, int]] = []  # depth and place of the section and of those around it

    def number(self, depth: int) -> str:
        """Return the number of the next section.

        Raises
        ------
        ValueError
            If there are more appendices than letters.
        """
        while len(self._open) > 1 and self._open[-2][0] >= depth:
            self._open.pop()
        place = self._open.pop()[1] if self._open and self._open[-1][0] >= depth else 0
        self._open.append((depth, place + 1))
        first, *inner = (place for _, place in self._open)
        if self._appendices and first > len(LETTERS):
            raise ValueError("more than 26 appendices, so no RFC")
        return ".".join([LETTERS[first - 1] if self._appendices else str(first), *map(str, inner)])
