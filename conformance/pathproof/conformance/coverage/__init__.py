"""Which clause is covered by what: read from the code itself, never from a list kept beside it.

`citations` collects what names a clause, `in_tests` reads the marks of tests, and `table` makes one row a
clause.
"""

from pathproof.conformance.coverage.citations import KINDS, Citation, citations
from pathproof.conformance.coverage.table import Row, faults, rows

__all__ = ["KINDS", "Citation", "Row", "citations", "faults", "rows"]
