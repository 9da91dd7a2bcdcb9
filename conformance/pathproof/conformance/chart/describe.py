"""A chart in sentences: for screen readers, for search, and for a diff of two runs."""

from pathproof.conformance.chart.flights import Flight, flights
from pathproof.conformance.chart.rows import Chart, Divider, Message, Row, State, Step


def describe(chart: Chart) -> str:
    r"""Tell a chart in sentences, one a line.

    >>> print(describe(Chart("A ping", ("a", "b"), (Message("a", "b", "PING"), State("b", "pings 1")))))
    Lanes: a, b.
    1. a to b: PING.
    b now holds: pings 1.
    """
    found = flights(chart)
    told = [_told(number, row, found) for number, row in zip(chart.numbers, chart.rows, strict=True)]
    return "\n".join([f"Lanes: {', '.join(chart.lanes)}.", *told, *filter(None, [chart.footer])])


def _told(number: int | None, row: Row, found: dict[int, Flight]) -> str:
    match row:
        case Message(source, target, label, detail, kind=kind, via=via):
            assert number is not None, "messages are numbered"
            remarks = ["attack" if kind == "attack" else "", found[number].note, detail]
            ends = f"{source} to {target}" + (f" by {via}" if via else "")
            return f"{number}. {ends}: {label}{_remarks(remarks)}."
        case Step(lane, label, detail, kind):
            return f"{number}. {lane}: {label}{_remarks(['attack' if kind == 'attack' else '', detail])}."
        case State(lane, text):
            return f"{lane} now holds: {text}."
        case Divider(text):
            return f"{text.removesuffix('.')}."


def _remarks(remarks: list[str]) -> str:
    return "".join(f" ({remark})" for remark in remarks if remark)
