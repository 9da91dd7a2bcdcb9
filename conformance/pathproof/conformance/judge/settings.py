"""The readings of the text that one pass of the judge takes, and which of them the caller fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from pathproof.spec import readings as recorded

JUDGED = (
    "excess",
    "retransmission",
    "unseen_below",
    "late_frame",
    "conflict",
    "token_reuse",
    "self_retire",
    "error_code",
    "number_order",
    "amplification_scope",
    "rebinding_validation",
    "challenge_payload",
    "challenge_answers",
    "preferred_answer_path",
    "zero_length_move",
    "disabled_migration_scope",
    "probes_counted",
    "apparent_migration",
    "three_times_larger",
)
"""The readings that change what the judge forces on anybody."""


@dataclass(frozen=True)
class Settings:
    """A value for every recorded reading; `fixed` names those that the caller chose."""

    values: Mapping[str, str]
    fixed: frozenset[str]

    def __getitem__(self, name: str) -> str:
        """Return the value of one reading."""
        return self.values[name]

    @property
    def label(self) -> str:
        """The readings that differ from their defaults without the caller's doing, as reports name them.

        >>> settings({"excess": "never"}).but({"conflict": "ignore"}).label
        'conflict=ignore'
        """
        return ", ".join(
            f"{name}={value}"
            for name, value in self.values.items()
            if name not in self.fixed and value != recorded.reading(name).default
        )

    def but(self, changes: Mapping[str, str]) -> Settings:
        """Return the same settings with some readings changed."""
        return Settings({**self.values, **changes}, self.fixed)

    def obliges(self, reading: str) -> bool:
        """Whether what only one value of this reading demands is demanded by the caller's own choice."""
        return not reading or reading in self.fixed


def settings(fixed: Mapping[str, str] | None = None) -> Settings:
    """Return the defaults, with the caller's choices in their place.

    Raises
    ------
    ValueError
        For a reading that does not exist or that no rule of the judge depends on, or a value that it does
        not have.

    Examples
    --------
    >>> settings()["conflict"], settings({"conflict": "ignore"})["conflict"]
    ('close', 'ignore')
    >>> settings({"conflict": "maybe"})
    Traceback (most recent call last):
    ValueError: reading conflict is one of close, ignore, not maybe
    """
    known = recorded.load()
    for name, value in (fixed or {}).items():
        if name not in known:
            raise ValueError(f"there is no reading {name}; a trace is judged by {', '.join(JUDGED)}")
        if name not in JUDGED:
            raise ValueError(f"reading {name} changes no verdict yet; those that do are {', '.join(JUDGED)}")
        if value not in known[name].values:
            raise ValueError(f"reading {name} is one of {', '.join(known[name].values)}, not {value}")
    defaults = {name: reading.default for name, reading in known.items()}
    return Settings({**defaults, **(fixed or {})}, frozenset(fixed or ()))


def others(base: Settings, name: str) -> list[str]:
    """Return the values of a reading besides the one taken; none if the caller fixed it."""
    if name in base.fixed:
        return []
    return [value for value in recorded.reading(name).values if value != base[name]]


def singles(base: Settings, names: Iterable[str] = JUDGED) -> Iterator[Settings]:
    """Yield the settings that differ from `base` in one of these readings.

    >>> [changed.label for changed in singles(settings(), ["conflict", "excess"])]
    ['conflict=ignore', 'excess=never']
    """
    for name in names:
        for value in others(base, name):
            yield base.but({name: value})


def combinations(base: Settings, names: tuple[str, ...]) -> Iterator[Settings]:
    """Yield the settings that differ from `base` in two or more of these readings, fewest changes first."""
    choices = [[base[name], *others(base, name)] for name in names]
    changed = [
        {name: value for name, value in zip(names, values, strict=True) if value != base[name]}
        for values in product(*choices)
    ]
    for change in sorted(changed, key=len):
        if len(change) > 1:
            yield base.but(change)
