"""Silence, PTO after PTO, until an end drops the connection without a word (RFC 9000 10.1)."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import client_acts, machine
from pathproof.model.connection.idling import (
    a_timer_comes_first,
    count_for_client,
    count_for_server,
    is_idle,
    may_count,
    pass_in_silence,
)
from pathproof.model.connection.server_actions import server_acts
from pathproof.model.connection.state import CLIENT, OVER, SERVER
from pathproof.model.vocabulary import is_empty


@machine.action("environment", "client", "RFC9000-10.1-04", "RFC9000-10.1-06", "RFC9000-8.2.4-02")
def client_hears_nothing(s: Any, p: Any) -> bool:
    """A PTO passes at the client without a packet for it."""
    if not client_acts(s, p) or not may_count(s, p, CLIENT):
        return False
    pass_in_silence(s, CLIENT)
    count_for_client(s, p)
    return True


@machine.action("environment", "server", "RFC9000-10.1-04", "RFC9000-10.1-06", "RFC9000-8.2.4-02")
def server_hears_nothing(s: Any, p: Any) -> bool:
    """A PTO passes at the server without a packet for it: what is in flight was declared lost in it."""
    if not server_acts(s, p) or not may_count(s, p, SERVER) or not is_empty(s.moving_flight):
        return False
    pass_in_silence(s, SERVER)
    count_for_server(s, p)
    return True


@machine.action("environment", "client", "RFC9000-10.1-01", "RFC9000-10.1-06", "MULTIPATH-5.9-01")
def client_falls_silent(s: Any, p: Any) -> bool:
    """Nothing has come for the idle timeout: the client drops all in silence."""
    if not client_acts(s, p) or not is_idle(s, p, CLIENT):
        return False
    s.client_end = OVER
    s.ended_by = "silence"
    return True


@machine.action("environment", "server", "RFC9000-10.1-01", "RFC9000-10.1-06", "MULTIPATH-5.9-01")
def server_falls_silent(s: Any, p: Any) -> bool:
    """Nothing has come for the idle timeout, and no shorter timer is left: the server drops all silently."""
    if not server_acts(s, p) or not is_idle(s, p, SERVER) or a_timer_comes_first(s, p):
        return False
    s.server_end = OVER
    s.ended_by = "silence"
    return True
