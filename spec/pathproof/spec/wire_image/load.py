"""The data files of the wire image, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pathproof.spec import records
from pathproof.spec.names import ErrorCode
from pathproof.spec.wire_image.amount import Amount
from pathproof.spec.wire_image.item import Check, Field, Item
from pathproof.spec.wire_image.sound import refuse_unsound

_ITEM = {"name": str, "kind": str, "says": str, "clauses": list}
_ITEM_OPTIONAL = {
    "given": list,
    "packets": list,
    "sender": str,
    "identifier": int,
    "truncated": dict,
    "misplaced": dict,
    "barred": dict,
}
_FIELD = {"name": str, "says": str}
_END = {"error": str, "says": str}
_END_OPTIONAL = {"clauses": list, "source": str}
_CHECK = {**_END, "field": str}
_CHECK_OPTIONAL = {**_END_OPTIONAL, "shortest": bool, "optional": bool, "multiple_of": int}
_NO_END = Check("", "drop", "its end cannot be wrong")
"""The check on the end of an item that fits any number of bytes."""


@cache
def load() -> Mapping[str, Item]:
    """Return every item of the wire image by its name.

    Raises
    ------
    ValueError
        If a data file is no TOML or holds what an item cannot have, or two items have one identifier or frame
        type; the message names file and record.

    Examples
    --------
    >>> load()["PATH_CHALLENGE"].fields[1].width
    '8 bytes'
    """
    return MappingProxyType(collect(records.data_files("wire_data")))


def collect(files: Iterable[tuple[str, str]]) -> dict[str, Item]:
    """Return the items of data files, each with its name and its text.

    Raises
    ------
    ValueError
        As `load` does.

    Examples
    --------
    >>> collect([])
    {}
    """
    found: dict[str, Item] = {}
    taken: dict[tuple[str, int | None], str] = {}
    for file, text in files:
        item = read(text, file)
        found[item.name] = item
        if item.kind not in ("frame", "parameter"):
            continue
        number = item.identifier if item.kind == "parameter" else item.fields[0].value
        if taken.setdefault((item.kind, number), file) != file:
            raise ValueError(f"{file}: {number:#x} is the {item.kind} of {taken[item.kind, number]}")
    return found


def item(name: str) -> Item:
    """Return the item with this name.

    Raises
    ------
    pathproof.spec.records.Unknown
        If there is none (a `KeyError`).

    Examples
    --------
    >>> item("active_connection_id_limit").identifier
    14
    """
    return records.named("wire item", name, load())


def citations() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each item and each of its checks by name, with the clauses it follows."""
    for found in load().values():
        yield found.name, found.clauses
        for check in found.all_checks:
            if check.clauses:
                yield f"{found.name}: {check.says}", check.clauses


def read(text: str, file: str) -> Item:
    """Return the item that one data file holds.

    Raises
    ------
    ValueError
        As `load` does.

    Examples
    --------
    >>> read("name = 'X'", "x.toml")
    Traceback (most recent call last):
    ValueError: x.toml: missing key 'kind'
    """
    table = records.parse(text, file)
    fields = records.tables(table.pop("field", []), file)
    checks = records.tables(table.pop("check", []), file)
    records.check(table, file, _ITEM, _ITEM_OPTIONAL)
    if file != f"{table['name'].lower()}.toml":
        raise ValueError(f"{file}: holds {table['name']}")
    barred = dict(table.get("barred", {}))
    barred_from = barred.pop("packets", [])
    records.check({"packets": barred_from}, f"{file}: barred", {"packets": list})
    found = Item(
        name=table["name"],
        kind=table["kind"],
        says=table["says"],
        clauses=tuple(table["clauses"]),
        fields=tuple(_field(f, f"{file}: field {f.get('name')}") for f in fields),
        truncated=_end(table.get("truncated"), f"{file}: truncated") or _NO_END,
        checks=tuple(_check(c, f"{file}: check of {c.get('field')}") for c in checks),
        given=tuple(table.get("given", ())),
        packets=tuple(table.get("packets", ())),
        sender=table.get("sender", "either"),
        identifier=table.get("identifier"),
        misplaced=_end(table.get("misplaced"), f"{file}: misplaced"),
        barred=_end(barred, f"{file}: barred", {"optional": bool}),
        barred_from=tuple(barred_from),
    )
    refuse_unsound(found, file)
    return found


def _field(record: records.Record, where: str) -> Field:
    wide = {key: record[key] for key in ("varint", "bits", "bytes") if key in record}
    rest = {key: value for key, value in record.items() if key != "bytes"}
    records.check(rest, where, _FIELD, {"value": int, "varint": bool, "bits": int})
    if len(wide) != 1:
        raise ValueError(f"{where}: has {len(wide)} widths instead of one of varint, bits and bytes")
    return Field(**rest, bytes=_amount(wide["bytes"], where) if "bytes" in wide else None)


def _check(record: records.Record, where: str) -> Check:
    rest = {key: value for key, value in record.items() if key not in ("least", "most")}
    records.check(rest, where, _CHECK, _CHECK_OPTIONAL)
    bounds: Any = {key: _amount(record[key], where) for key in ("least", "most") if key in record}
    return Check(**{**rest, **_by(record, where)}, **bounds)


def _end(record: records.Record | None, where: str, more: records.Shape | None = None) -> Check | None:
    """The check on the end or the place of an item, which compares no field."""
    if not record:
        return None
    records.check(record, where, _END, {**_END_OPTIONAL, **(more or {})})
    return Check(field="", **{**record, **_by(record, where)})


def _by(record: records.Record, where: str) -> dict[str, Any]:
    """The clauses of a check, which has to name its error and where it comes from."""
    if record["error"] != "drop" and record["error"] not in ErrorCode.__members__:
        raise ValueError(f"{where}: there is no error code {record['error']}")
    if not record.get("clauses") and not record.get("source"):
        raise ValueError(f"{where}: names neither a clause nor another source")
    return {"clauses": tuple(record.get("clauses", ()))}


def _amount(written: Any, where: str) -> Amount:
    try:
        return Amount.of(written)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
