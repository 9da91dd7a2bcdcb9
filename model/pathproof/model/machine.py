"""What a machine is: a state, parameters, an initial state, actions and claims.

An action is a function of the state, the parameters and its arguments. It answers False, and has changed
nothing, where its guard does not hold; otherwise it changes the state and answers True. Actions say who acts:
`protocol` (an endpoint that keeps the rules), `environment` (the network and time) or `attacker` (a peer or a
third party that breaks them). Claims are functions of the state and the parameters, and of numbers for which
they hold whatever those are. An `eventually` claim is about endless runs, and is made given named fairness:
that something which could happen again and again does happen, or that an attacker gives up.
"""

from __future__ import annotations

import difflib
import inspect
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, TypeVar

from pathproof.model.domains import Choice, Domain, Symmetry, Upto, domain

Kind = Literal["protocol", "environment", "attacker"]
Sort = Literal["always", "step", "sometimes", "eventually"]
Strength = Literal["weak", "strong", "finite"]
SAFETY = ("always", "step")
F = TypeVar("F", bound=Callable[..., Any])


class UnknownName(ValueError):
    """A machine, parameter, reading or claim that does not exist, or a value out of its range."""

    @classmethod
    def among(cls, what: str, name: str, known: Iterable[str]) -> UnknownName:
        """The error for a name that is not among those known, with the nearest of them or the first few.

        >>> print(UnknownName.among("there is no machine", "cid_suply", ["cid_supply", "migration"]))
        there is no machine cid_suply: did you mean cid_supply?
        """
        names = list(known)
        near = [one for one in names if name and name in one][:3] or difflib.get_close_matches(name, names, 3)
        if near:
            return cls(f"{what} {name}: did you mean {' or '.join(near)}?")
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        return cls(f"{what} {name}: there is {', '.join(names[:8])}{more}")


def first_line(function: Callable[..., Any]) -> str:
    """What a function does, in the first line of its docstring; its name where it has none.

    >>> first_line(first_line)
    'What a function does, in the first line of its docstring; its name where it has none.'
    """
    return (inspect.getdoc(function) or function.__name__).splitlines()[0]


@dataclass(frozen=True)
class Action:
    """One thing that may happen, with the domains of its arguments and the clauses it follows."""

    name: str
    function: Callable[..., bool]
    kind: Kind
    actor: str
    cites: tuple[str, ...]
    arguments: Mapping[str, Upto]

    @property
    def says(self) -> str:
        """The first line of the function's docstring."""
        return first_line(self.function)


@dataclass(frozen=True)
class Claim:
    """A property: of every state, of every step, of some reachable state, or of every fair run.

    An `eventually` claim says that a fair run comes back, for ever, to states where the function holds, and
    `given` names the fairness that it needs. `fails_under` names values of parameters, one or a tuple for
    each, under which a claim is known, and expected, not to hold.
    """

    name: str
    function: Callable[..., bool]
    sort: Sort
    cites: tuple[str, ...]
    arguments: Mapping[str, Upto]
    fails_under: Mapping[str, Any] = field(default_factory=dict)
    given: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """The first paragraph of the function's docstring, on one line."""
        return " ".join((inspect.getdoc(self.function) or self.name).split("\n\n")[0].split())

    def is_made(self, parameters: Any) -> bool:
        """Whether the claim is made under these parameters: none of them is one it is known to fail under."""
        return not self.excluded_by(parameters)

    def excluded_by(self, parameters: Any) -> dict[str, Any]:
        """The parameters with a value under which the claim is not made, each with that value."""
        return {name: value for name, value in self.exclusions if getattr(parameters, name) == value}

    @property
    def exclusions(self) -> tuple[tuple[str, Any], ...]:
        """Each parameter with each value under which the claim is not made.

        >>> Claim("c", bool, "always", (), {}, {"limit": 2, "order": ("any", "none")}).exclusions
        (('limit', 2), ('order', 'any'), ('order', 'none'))
        """
        found = ((name, one if isinstance(one, tuple) else (one,)) for name, one in self.fails_under.items())
        return tuple((name, value) for name, values in found for value in values)


@dataclass(frozen=True)
class Fairness:
    """What is assumed of endless runs, by name.

    `weak`: an instance of these actions that stays enabled is taken at last. `strong`: one that is enabled
    again and again is. `finite`: these actions are taken finitely often, as by an attacker who gives up.
    """

    name: str
    strength: Strength
    actions: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class NormalForm:
    """A function that drops from a state what can no longer matter to any claim."""

    name: str
    function: Callable[[Any, Any], None]
    cites: tuple[str, ...]

    @property
    def says(self) -> str:
        """The first line of the function's docstring."""
        return first_line(self.function)


@dataclass
class Machine:
    """A named machine, filled by its decorators.

    `symmetric` are the sorts whose names may be exchanged without a difference to any action or claim.
    """

    name: str
    state: type[Any]
    parameters: type[Any]
    begin: Callable[[Any, Any], None]
    actions: dict[str, Action] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    fairness: dict[str, Fairness] = field(default_factory=dict)
    symmetric: tuple[str | Symmetry, ...] = ()
    normal_forms: dict[str, NormalForm] = field(default_factory=dict)

    def action(self, kind: Kind, actor: str, *cites: str) -> Callable[[F], F]:
        """Make the decorated function an action."""

        def register(function: F) -> F:
            name = function.__name__
            self.actions[name] = Action(name, function, kind, actor, cites, arguments_of(function, 2))
            return function

        return register

    def claim(
        self,
        sort: Sort,
        *cites: str,
        fails_under: Mapping[str, Any] | None = None,
        given: tuple[str, ...] = (),
    ) -> Callable[[F], F]:
        """Make the decorated function a claim of this sort; `step` functions get two states."""

        def register(function: F) -> F:
            name = function.__name__
            ranged = arguments_of(function, 3 if sort == "step" else 2)
            self.claims[name] = Claim(name, function, sort, cites, ranged, fails_under or {}, given)
            return function

        return register

    def always(self, *cites: str, fails_under: Mapping[str, Any] | None = None) -> Callable[[F], F]:
        """Make the decorated function a property of every reachable state."""
        return self.claim("always", *cites, fails_under=fails_under)

    def step(self, *cites: str, fails_under: Mapping[str, Any] | None = None) -> Callable[[F], F]:
        """Make the decorated function a property of every step, given the states before and after it."""
        return self.claim("step", *cites, fails_under=fails_under)

    def eventually(
        self, *cites: str, given: tuple[str, ...] = (), fails_under: Mapping[str, Any] | None = None
    ) -> Callable[[F], F]:
        """Make the decorated function what every fair run comes back to, for each choice of its arguments."""
        return self.claim("eventually", *cites, fails_under=fails_under, given=given)

    def fair(self, strength: Strength, *actions: str) -> Callable[[F], F]:
        """Name an assumption about endless runs; the decorated function's docstring says what it means."""

        def register(function: F) -> F:
            name = function.__name__
            self.fairness[name] = Fairness(name, strength, actions, first_line(function))
            return function

        return register

    def normal_form(self, *cites: str) -> Callable[[F], F]:
        """Make the decorated function a normal form: it changes a state into one that behaves alike.

        A search with reductions applies all normal forms after each action, in the order of the source.
        """

        def register(function: F) -> F:
            self.normal_forms[function.__name__] = NormalForm(function.__name__, function, cites)
            return function

        return register

    def sometimes(self, *cites: str) -> Callable[[F], F]:
        """Make the decorated function a witness: some reachable state must have it."""
        return self.claim("sometimes", *cites)

    def of(self, sort: Sort) -> list[Claim]:
        """The claims of one sort, in the order of the source."""
        return [claim for claim in self.claims.values() if claim.sort == sort]

    def made(self, parameters: Any) -> list[Claim]:
        """The claims, of all sorts, that are made under these parameters."""
        return [claim for claim in self.claims.values() if claim.is_made(parameters)]

    def domains(self) -> dict[str, Domain]:
        """The domain of each state field, in the order of the source."""
        return {declared.name: domain(declared) for declared in fields(self.state)}

    def setting(self, settings: Mapping[str, Any] | None = None) -> Any:
        """Parameters with these values and defaults for the rest.

        Raises `UnknownName` for a parameter that does not exist or a value out of its range.
        """
        known = {declared.name: declared for declared in fields(self.parameters)}
        for name, value in (settings or {}).items():
            if name not in known:
                raise UnknownName.among(f"{self.name} has no parameter", name, known)
            _check(known[name].metadata, name, value)
        return replace(self.parameters(), **(settings or {}))


def _check(metadata: Mapping[str, Any], name: str, value: Any) -> None:
    allowed = metadata.get("domain")
    if isinstance(allowed, Choice):
        if value not in allowed.names:
            raise UnknownName(f"{name} is one of {', '.join(allowed.names)}, not {value}")
    elif not isinstance(value, int) or not metadata["least"] <= value <= metadata["most"]:
        raise UnknownName(
            f"{name} is a whole number from {metadata['least']} to {metadata['most']}, not {value}"
        )


def arguments_of(function: Callable[..., Any], skip: int) -> dict[str, Upto]:
    """The domains of a function's arguments after the first `skip`, from their annotations."""
    hints = typing.get_type_hints(function, include_extras=True)
    names = list(inspect.signature(function).parameters)[skip:]
    return {name: next(d for d in hints[name].__metadata__ if isinstance(d, Upto)) for name in names}


def instances(action: Action | Claim, parameters: Any) -> Iterator[dict[str, int]]:
    """Every choice of arguments within the bounds that `parameters` give."""
    chosen: list[dict[str, int]] = [{}]
    for name, ranged in action.arguments.items():
        chosen = [{**some, name: value} for some in chosen for value in ranged.values(vars(parameters))]
    return iter(chosen)
