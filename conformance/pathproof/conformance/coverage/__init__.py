"""Which clause is covered by what: read from the code itself, never from a list kept beside it.

`citations` collects what names a clause, `in_tests` reads the marks of tests, and `table` makes one row a
clause.
"""

from pathproof.conformance.coverage.citations import KINDS, Citation, citations, head
from pathproof.conformance.coverage.table import Row, by_reason, faults, rows

__all__ = ["KINDS", "Citation", "Row", "by_reason", "citations", "faults", "head", "rows"]
