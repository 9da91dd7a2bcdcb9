"""Runs of this machine by name."""

from __future__ import annotations

from tests.model.play import Did, Play, did

from pathproof.model.anti_amplification import machine

__all__ = ["Did", "after", "did", "may"]

PLAY = Play(machine)
after, may = PLAY.after, PLAY.may
