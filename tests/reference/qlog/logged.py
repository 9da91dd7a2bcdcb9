"""Simulated runs whose endpoints are logged, and watched in this process from the same sights."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

from tests.reference.simulation.world import World

from pathproof.conformance.watched import Watched
from pathproof.reference.connection import Connection
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.observer import Boundary, Sight
from pathproof.reference.qlog import QlogWriter


def records(file: Path) -> list[dict[str, Any]]:
    """Every record of a file; each begins with the separator and ends with a line feed (RFC 7464)."""
    first, *texts = file.read_bytes().split(b"\x1e")
    assert first == b"" and all(text.endswith(b"\n") for text in texts)
    return [json.loads(text) for text in texts]


class Logged(World):
    """A world with a log of each end, below `folder`."""

    parent: ClassVar[Path]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Make a folder for each end, and begin."""
        self.folder = Path(mkdtemp(dir=self.parent))
        self.writers: list[QlogWriter] = []
        self.watches: dict[Connection, Watched] = {}
        self.sights: Counter[str] = Counter()
        super().__init__(*arguments, **options)
        self.watchers = []  # what a log tells does not depend on who else watches

    def _endpoint(self, serves: bool) -> Endpoint:
        made, name = super()._endpoint(serves), "server" if serves else "client"
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        writer, former = QlogWriter(folder, name), made.boundary

        def observer(sight: Sight) -> None:
            former.tell(sight)
            self.sights[type(sight).__name__] += 1
            if sight.connection is not None:
                watched = self.watches.setdefault(sight.connection, Watched(name, sight.connection))
                watched(sight)
            writer(sight)

        self.writers.append(writer)
        made.boundary = Boundary(observer)
        return made

    def established(self, limit: float = 10.0) -> Logged:
        """Let the handshake end at both ends."""
        super().established(limit)
        return self

    def written(self) -> list[Path]:
        """Write what is held, and return all files."""
        for writer in self.writers:
            writer.close()
            assert writer.failure is None
        return sorted(self.folder.glob("*/*.sqlog"))
