"""Hooks for all tests: what a test says it tests is measured, and what was seen of other stacks is shown."""

from tests.clause_marks import pytest_collection_modifyitems, pytest_pyfunc_call
from tests.reference.interop.facts import pytest_terminal_summary

__all__ = ["pytest_collection_modifyitems", "pytest_pyfunc_call", "pytest_terminal_summary"]
