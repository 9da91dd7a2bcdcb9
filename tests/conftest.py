"""Hooks for all tests: what a test says it tests is measured."""

from tests.clause_marks import pytest_collection_modifyitems, pytest_pyfunc_call

__all__ = ["pytest_collection_modifyitems", "pytest_pyfunc_call"]
