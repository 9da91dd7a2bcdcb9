"""Directives that splice what the code says: the actions, claims and parameters of a machine, and clauses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from pathproof.conformance.judge import rules
from pathproof.model.machines import find
from pathproof.spec import clauses, readings

Rows = Iterable[tuple[str, ...]]


class Splice(SphinxDirective):
    """`.. splice:: actions cid_supply`: one table, made when the documents are built."""

    required_arguments = 1
    optional_arguments = 1
    option_spec = {"widths": directives.unchanged}  # noqa: RUF012  docutils reads it from the class

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        head, rows = TABLES[self.arguments[0]](*self.arguments[1:])
        widths = [int(width) for width in self.options.get("widths", "").split()] or [1] * len(head)
        return [_table(head, rows, widths)]


def _table(head: tuple[str, ...], rows: Rows, widths: list[int]) -> nodes.table:
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in widths]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group)


def _row(cells: tuple[str, ...]) -> nodes.row:
    made = nodes.row()
    for cell in cells:
        literal = cell.startswith("`")
        inside = nodes.literal(text=cell[1:]) if literal else nodes.Text(cell)
        made += nodes.entry("", nodes.paragraph("", "", inside))
    return made


def actions(machine: str) -> tuple[tuple[str, ...], Rows]:
    """What may happen, who does it, and the clauses it follows."""
    head = ("action", "by", "what happens", "clauses")
    found = find(machine).actions.values()
    return head, ((f"`{a.name}", f"{a.kind}, {a.actor}", a.says, ", ".join(a.cites)) for a in found)


def claims(machine: str) -> tuple[tuple[str, ...], Rows]:
    """What is claimed, of what, and under which reading it is not."""
    head = ("claim", "of", "says", "not claimed under", "clauses")
    scope = {"always": "every state", "step": "every step", "sometimes": "some state"}
    return head, (
        (f"`{c.name}", scope[c.sort], c.says, _pairs(c.fails_under), ", ".join(c.cites))
        for c in find(machine).claims.values()
    )


def parameters(machine: str) -> tuple[tuple[str, ...], Rows]:
    """Bounds, options and readings, with their defaults."""
    head = ("name", "set by", "default", "values", "meaning")
    declared = find(machine).parameters.__dataclass_fields__.values()
    return head, (
        (f"`{d.name}", _option(d), str(d.default), _values(d.metadata), d.metadata["says"]) for d in declared
    )


def _option(declared: Any) -> str:
    return "--reading" if declared.metadata.get("reading") else "--set"


def _values(metadata: Any) -> str:
    return ", ".join(metadata["domain"].names) if "domain" in metadata else f"from {metadata['least']}"


def _pairs(chosen: Any) -> str:
    return ", ".join(f"{name}={value}" for name, value in chosen.items())


def clause(section: str) -> tuple[tuple[str, ...], Rows]:
    """The clauses of one section of RFC 9000, in our words."""
    found = (c for c in clauses.load().values() if c.section == section)
    return ("clause", "level", "binds", "rule"), ((c.id, str(c.level), str(c.role), c.rule) for c in found)


def reading() -> tuple[tuple[str, ...], Rows]:
    """Where the text can be read in more than one way."""
    return ("reading", "question", "values"), (
        (f"`{r.name}", r.question, "; ".join(f"{v.name}: {v.says}" for v in r.values.values()))
        for r in readings.load().values()
    )


def judged() -> tuple[tuple[str, ...], Rows]:
    """What the judge looks for in a trace."""
    return ("rule", "clauses"), ((f"`{rule.name}", ", ".join(rule.clauses)) for rule in rules())


TABLES = {
    "actions": actions,
    "claims": claims,
    "parameters": parameters,
    "clauses": clause,
    "readings": reading,
    "judged": judged,
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("splice", Splice)
    return {"version": "1", "parallel_read_safe": True}
