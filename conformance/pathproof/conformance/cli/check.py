"""`pathproof check`: which clauses a trace keeps, and which it breaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.events import Trace
from pathproof.conformance.judge import Report, judge, merge, to_json
from pathproof.conformance.judge.settings import settings
from pathproof.conformance.qlog import NotQlog, read
from pathproof.model.machine import UnknownName
from pathproof.spec.clauses import clause

STYLES = {"violated": "bold red", "holds": "green", "not observable": "yellow", "not exercised": "dim"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--reading", "readings", multiple=True, metavar="NAME=VALUE", help="Insist on this reading.")
@click.option("--all", "everything", is_flag=True, help="Show also the clauses that were not exercised.")
@as_json
def check(files: tuple[str, ...], readings: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Judge qlog FILEs of QUIC endpoints, whatever stack wrote them.

    Each clause is answered for the endpoint that wrote the trace (local) and for its peer: holds, violated,
    not exercised, or not observable with the field that the trace does not show. Only what the text forces is
    a violation: what a sanctioned reading admits is none, unless --reading names another. Exit status 1 means
    that something is violated, 2 that a file could not be read; the others are judged all the same.
    """
    reports, unreadable = judge_all(files, _readings(readings))
    if as_json:
        output.emit({"reports": [to_json(report) for report in reports], "unreadable": unreadable})
    else:
        print_reports(output.console(), reports, everything)
    for line in unreadable:
        click.echo(f"pathproof: {line}", err=True)
    return 2 if unreadable else int(any(report.violated for report in reports))


def judge_all(files: tuple[str, ...], readings: dict[str, str]) -> tuple[list[Report], list[str]]:
    """A report for each trace in the files, and one line for each file that could not be read."""
    reports: list[Report] = []
    unreadable: list[str] = []
    with output.progress("judging", len(files)) as update:
        for done, file in enumerate(files):
            update(done, f"judging {Path(file).name}")
            try:
                found = [(judge(trace, readings), trace) for trace in read(file)]
            except NotQlog as error:
                unreadable.append(" ".join(str(error).split()))
                continue
            reports += [_with_skipped(report, trace) for report, trace in found]
            if not any(report.packets for report, _ in found):
                unreadable.append(f"{file}: holds no 1-RTT packet that could be judged")
    return reports, unreadable


def _with_skipped(report: Report, trace: Trace) -> Report:
    """The report, with a line about the events that play no part in any rule, known to us or not."""
    if not trace.unknown:
        return report
    kinds = ", ".join(f"{name or 'others'} ({many})" for name, many in trace.unknown.most_common(12))
    more = f" and {len(trace.unknown) - 12} kinds more" if len(trace.unknown) > 12 else ""
    return replace(report, skipped=f"{report.file}: events not judged: {kinds}{more}")


def _readings(texts: tuple[str, ...]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for text in texts:
        name, found, value = text.partition("=")
        if not found:
            raise UnknownName(f"{text} is not of the form NAME=VALUE")
        chosen[name] = value
    try:
        settings(chosen)
    except ValueError as error:
        raise UnknownName(str(error)) from None
    return chosen


def print_reports(shown: Console, reports: list[Report], everything: bool) -> None:
    """The traces, then what is violated with its evidence, then a line for each clause."""
    if not reports:
        return
    _traces(shown, reports)
    _findings(shown, reports)
    table = output.table("\nclauses", "clause", "level", "side", "verdict", "times", "rule", right=("times",))
    for line in merge(reports):
        if everything or line.status != "not exercised":
            record, style = clause(line.clause), STYLES[line.status]
            verdict = f"[{style}]{line.status}[/]" + "".join(
                f"\nunder {reading}" for reading in line.readings
            )
            missing = "; ".join(line.missing) if line.status == "not observable" else ""
            rule = record.rule + (f"\n[yellow]the trace does not show: {missing}[/]" if missing else "")
            times = str(line.exercised) if line.exercised else ""
            table.add_row(line.clause, str(record.level), line.subject, verdict, times, rule)
    shown.print(table)


def _traces(shown: Console, reports: list[Report]) -> None:
    table = output.table(
        "traces",
        "file",
        "written by",
        "side",
        "packets",
        "holds",
        "violated",
        "not observable",
        right=("packets", "holds", "violated", "not observable"),
    )
    for report in reports:
        counts = [sum(v.status == status for v in report.verdicts) for status in list(STYLES)[:3]]
        violated, holds, hidden = map(str, counts)
        table.add_row(
            report.file,
            report.stack or report.dialect,
            report.vantage,
            str(report.packets),
            holds,
            f"[bold red]{violated}[/]" if violated != "0" else "0",
            hidden,
        )
    shown.print(table)
    for report in reports:
        for line in report.partial:
            shown.print(f"[yellow]partial:[/] {escape(line)}", soft_wrap=True)
        if report.skipped:
            shown.print(f"[dim]{escape(report.skipped)}[/]", soft_wrap=True)


def _findings(shown: Console, reports: list[Report]) -> None:
    for report in reports:
        for verdict in report.verdicts:
            for finding in verdict.findings:
                mark = "[bold red]violated[/]" if finding.kind == "violation" else "[yellow]warning[/]"
                number = "" if finding.packet is None else f", packet {finding.packet}"
                says = escape(finding.says)
                shown.print(f"\n{mark} {finding.clause} by {finding.subject}: {says}", soft_wrap=True)
                where = f"  {finding.position}, {finding.time:.3f} ms{number}"
                shown.print(escape(where + (f": {finding.frame}" if finding.frame else "")), soft_wrap=True)
            if verdict.further:
                shown.print(f"  and {verdict.further} more of {verdict.clause}")
