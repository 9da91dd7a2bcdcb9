"""Readers for qlog traces: `read` takes any file of any dialect, and raises `NotQlog` for what is none."""

from pathproof.conformance.qlog.detect import read
from pathproof.conformance.qlog.errors import NotQlog

__all__ = ["NotQlog", "read"]
