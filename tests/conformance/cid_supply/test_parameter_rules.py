"""Transport parameters about connection IDs."""

from typing import Any

import pytest

from pathproof.conformance.events import ABSENT, NOT_LOGGED
from pathproof.spec.names import ErrorCode

STATED, MET = "RFC9000-18.2-58", "RFC9000-18.2-59"


@pytest.mark.clause("RFC9000-18.2-58")
@pytest.mark.parametrize(
    ("limit", "expected"), [(0, "violated"), (1, "violated"), (2, "holds"), (8, "holds")]
)
def test_a_stated_limit_is_two_or_more(say: Any, limit: Any, expected: Any) -> None:
    """Both sides are held to it."""
    assert say.client(limit=limit).judged().verdict(STATED).status == expected
    assert say.client(peer_limit=limit).judged().verdict(STATED, "peer").status == expected


@pytest.mark.clause("RFC9000-18.2-58")
def test_a_limit_that_is_not_there_breaks_nothing(say: Any) -> None:
    """An absent limit is 2, one that is not logged may be anything."""
    assert say.client(limit=ABSENT).judged().verdict(STATED).status == "not exercised"
    assert say.client(limit=NOT_LOGGED).judged().verdict(STATED).status == "not observable"


@pytest.mark.clause("RFC9000-18.2-58")
def test_a_log_may_write_zero_for_no_limit(say: Any) -> None:
    """QG-14: stacks whose habits are not known may log 0 where nothing was sent."""
    trace = say.bare(dialect="other").handshake(peer_limit=0)
    assert trace.judged().verdict(STATED, "peer").status == "not observable"


@pytest.mark.clause("RFC9000-18.2-59")
def test_a_small_limit_is_met_by_close(say: Any) -> None:
    """The endpoint that is told one closes with TRANSPORT_PARAMETER_ERROR, or breaks the clause."""
    closing = say.client(peer_limit=1).close(ErrorCode.TRANSPORT_PARAMETER_ERROR, "transport")
    assert closing.judged().verdict(MET).status == "holds"
    going_on = say.client(peer_limit=1)
    going_on.sent()
    assert going_on.judged().verdict(MET).status == "violated"
    assert not say.client(peer_limit=1).judged().verdict(MET).violations


@pytest.mark.clause("RFC9000-18.2-59")
def test_a_close_under_handshake_keys_satisfies(say: Any) -> None:
    """Errors in parameters are found before there are 1-RTT packets."""
    from pathproof.conformance.events import ConnectionClose

    trace = say.client(peer_limit=1)
    trace.sent(ConnectionClose(ErrorCode.TRANSPORT_PARAMETER_ERROR, "transport", ""), kind="handshake")
    assert trace.judged().verdict(MET).status == "holds"


@pytest.mark.clause("RFC9000-18.2-53", "RFC9000-18.2-54", "RFC9000-18.2-55")
def test_a_preferred_address_has_a_connection_id(say: Any) -> None:
    """An empty one, or a server whose own is empty, is to be met by closing."""
    good = say.client(preferred_address_connection_id=say.peers(1)).judged()
    assert good.verdict("RFC9000-18.2-54", "peer").status == "holds"
    assert good.verdict("RFC9000-18.2-53", "peer").status == "holds"
    empty = say.client(preferred_address_connection_id=b"")
    empty.sent()
    assert empty.judged().verdict("RFC9000-18.2-54", "peer").status == "violated"
    assert empty.judged().verdict("RFC9000-18.2-55").status == "violated"
    nameless = say.client(peer_first=b"", preferred_address_connection_id=say.peers(1))
    assert nameless.judged().verdict("RFC9000-18.2-53", "peer").status == "violated"


def test_parameters_may_be_logged_twice(say: Any) -> None:
    """The larger limit counts: one of the two is that of an earlier connection."""
    trace = say.client(peer_limit=2).handshake(peer_limit=3)
    trace.sent(*(say.ncid(say.own(n), n) for n in (1, 2)))
    assert not trace.close().judged().violated


def test_parameters_may_be_logged_late(say: Any) -> None:
    """A preferred address that shows after the first frames still has number 1."""
    trace = say.bare("server")
    trace.sent(kind="initial")
    trace.received(kind="initial")
    trace.sent(say.ncid(say.own(2), 2))
    trace.handshake(peer_limit=3, preferred_address_connection_id=say.own(1))
    trace.received(say.retire(1), to=2)
    assert not trace.close().judged().violated
