"""Runs of this machine by name."""

from __future__ import annotations

from typing import Any

from tests.model.play import Did, Play, did

from pathproof.model.stateless_reset import StatelessReset, machine

__all__ = ["Did", "after", "did", "may"]

PLAY = Play(machine)
after, may = PLAY.after, PLAY.may


def packet(size: int) -> Did:
    """The consumer sends a packet of this many bytes."""
    return did("send_packet", beyond=size - 20)


def answer(size: int, action: str = "answer") -> Did:
    """A reset of this many bytes answers what is under way."""
    return did(action, beyond=size - 20)


def sizes(state: StatelessReset, action: str, settings: dict[str, Any]) -> list[int]:
    """The sizes of resets that may answer what is under way."""
    beyond = range(machine.setting(settings).beyond + 1)
    return [20 + more for more in beyond if may(state, action, settings, beyond=more)]


CRASH = did("restart_issuer")
ARRIVES = did("arrive", attributed=0)
SECOND_ID = (did("issue"), did("deliver_new_connection_id", number=1))
