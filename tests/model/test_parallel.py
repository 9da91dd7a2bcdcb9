"""Work on several processes: every result, in order where asked, and errors that arrive."""

from __future__ import annotations

import pytest

from pathproof.model.parallel import spread


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_result_arrives_in_order_where_asked(jobs: int) -> None:
    """Two processes give what one gives."""
    assert list(spread(pow, [(2, n) for n in range(6)], jobs, in_order=True)) == [1, 2, 4, 8, 16, 32]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_a_process_is_an_error_here(jobs: int) -> None:
    """What a worker raises is raised where its result was waited for."""
    with pytest.raises(ZeroDivisionError):
        list(spread(divmod, [(1, 1), (1, 0)], jobs))
