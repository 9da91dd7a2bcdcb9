"""What tests of scenarios share: whether they may run here at all."""

from __future__ import annotations

import pytest

from pathproof.conformance.scenarios.engine.namespaces import lacks


@pytest.fixture(scope="session")
def permitted() -> None:
    """Skip what needs namespaces, with the reason, where none may be made."""
    lacking = lacks()
    if lacking:
        pytest.skip(lacking)
