"""Writing and reading traces in tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pathproof.conformance.events import Trace
from pathproof.conformance.qlog import read


@pytest.fixture
def trace_of(tmp_path: Path) -> Callable[[str | bytes], Trace]:
    """A function that writes content to a file whose name says nothing, and returns its only trace."""

    def reading(content: str | bytes) -> Trace:
        """Write, read, and insist on one trace."""
        path = tmp_path / "trace.bin"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        [trace] = read(path)
        return trace

    return reading
