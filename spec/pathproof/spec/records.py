"""How the data files of this root are read: strictly, and with errors that name file and record.

A data file that holds an unknown key, lacks a key or gives a key a value of the wrong type is refused as a
whole. A misspelt key would otherwise turn into a silent default.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from typing import Any, TypeVar

Record = Mapping[str, Any]
Shape = Mapping[str, type]
T = TypeVar("T")


class Unknown(KeyError):
    """A name that no record bears; its text says which name, and which names come close.

    Examples
    --------
    >>> str(Unknown("reading", "conflicts", ["conflict", "excess"]))
    "no reading is named 'conflicts' (close: conflict)"
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Keep the message for `name`, a missing `kind` ("clause", "reading") among the `known` ones."""
        close = ", ".join(get_close_matches(name, list(known)))
        super().__init__(f"no {kind} is named {name!r}" + (f" (close: {close})" if close else ""))

    def __str__(self) -> str:
        """Return the message as it is; `KeyError` would put it in quotes."""
        return str(self.args[0])


def named(kind: str, name: str, known: Mapping[str, T]) -> T:
    """Return what bears this name.

    Raises
    ------
    Unknown
        If nothing of this `kind` does (a `KeyError`).

    Examples
    --------
    >>> named("reading", "excess", {"excess": 6})
    6
    """
    try:
        return known[name]
    except KeyError:
        raise Unknown(kind, name, known) from None


def data_files(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every TOML file in a data folder of this package, by name.

    Parameters
    ----------
    folder : str
        The name of the folder, such as ``"clause_data"``.

    Examples
    --------
    >>> "conflict.toml" in dict(data_files("reading_data"))
    True
    """
    for file in sorted((files(__package__) / folder).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield file.name, file.read_text(encoding="utf-8")


def parse(text: str, file: str) -> dict[str, Any]:
    """Return the content of a TOML text.

    Raises
    ------
    ValueError
        If `text` is not TOML; the message starts with the name of the `file`.

    Examples
    --------
    >>> parse("name = 'excess'", "excess.toml")
    {'name': 'excess'}
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from error


def check(record: Record, where: str, required: Shape, optional: Shape | None = None) -> None:
    """Hold a record against the keys it must and may have, and their types (lists hold strings).

    Parameters
    ----------
    record : Mapping[str, Any]
        A table of a data file.
    where : str
        File and record, with which the message of an error starts.
    required, optional : Mapping[str, type]
        From key to type: `str`, `int`, `list` (of strings) or `dict`.

    Raises
    ------
    ValueError
        If a key is unknown or missing, or if its value has another type.

    Examples
    --------
    >>> check({"nmae": "x"}, "a.toml", {"name": str})
    Traceback (most recent call last):
    ValueError: a.toml: unknown key 'nmae'
    """
    shape = {**required, **(optional or {})}
    for key, value in record.items():
        if key not in shape:
            raise ValueError(f"{where}: unknown key {key!r}")
        if not _has_type(value, shape[key]):
            raise ValueError(f"{where}: {key!r} is no {shape[key].__name__}: {value!r}")
    for key in required:
        if key not in record:
            raise ValueError(f"{where}: missing key {key!r}")


def tables(value: object, where: str) -> list[Record]:
    """Return `value` if it is an array of tables, as ``[[clause]]`` makes one.

    Raises
    ------
    ValueError
        If it is anything else; `where` starts the message.

    Examples
    --------
    >>> tables(None, "a.toml")
    Traceback (most recent call last):
    ValueError: a.toml: no array of tables: None
    """
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    raise ValueError(f"{where}: no array of tables: {value!r}")


def _has_type(value: object, wanted: type) -> bool:
    if isinstance(value, list):
        return wanted is list and all(isinstance(item, str) for item in value)
    return type(value) is wanted
