"""Small numbers for the paths of a connection, in the order in which they come up."""

from __future__ import annotations

from pathproof.reference.migration import Path


class Names:
    """Each `Path` object has a number of its own, and keeps it; one that was forgotten is never named again.

    Examples
    --------
    >>> first, again = Path(("10.0.0.1", 1), ("10.0.0.2", 2)), Path(("10.0.0.1", 1), ("10.0.0.2", 2))
    >>> names = Names()
    >>> names.of(first), names.of(again), names.of(first), names.count
    (0, 1, 0, 2)
    """

    def __init__(self) -> None:
        """Nothing is named."""
        self._paths: dict[int, tuple[int, Path]] = {}  # id -> number, and the object, so that it stays alive

    @property
    def count(self) -> int:
        """How many names there are."""
        return len(self._paths)

    def of(self, path: Path) -> int:
        """The number of a path, a new one if it has none."""
        return self._paths.setdefault(id(path), (len(self._paths), path))[0]

    def knows(self, path: Path) -> bool:
        """Whether the path has a number."""
        return id(path) in self._paths
