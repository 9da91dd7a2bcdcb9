"""What one clause record holds, and what one section of them.

The rules for what becomes a record are in `pathproof.spec.clauses`, which reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How strongly a clause binds: a keyword of BCP 14, or a statement without one.

    Examples
    --------
    >>> Level("MUST NOT") is Level.MUST_NOT
    True
    """

    MUST = "MUST"
    MUST_NOT = "MUST NOT"
    SHOULD = "SHOULD"
    SHOULD_NOT = "SHOULD NOT"
    MAY = "MAY"
    STATEMENT = "statement"


class Role(StrEnum):
    """Whom a clause binds; issuer and consumer are the two sides of one direction of connection IDs.

    A `designer` writes other versions, extensions and documents, an `operator` runs what others wrote.

    Examples
    --------
    >>> [str(role) for role in Role][:5]
    ['issuer', 'consumer', 'endpoint', 'client', 'server']
    """

    ISSUER = "issuer"
    CONSUMER = "consumer"
    ENDPOINT = "endpoint"
    CLIENT = "client"
    SERVER = "server"
    LOAD_BALANCER = "load balancer"
    CONFIGURATION_AGENT = "configuration agent"
    OPERATOR = "operator"
    DESIGNER = "designer"
    APPLICATION = "application"


class Observable(StrEnum):
    """By what a clause can be judged: decrypted packets, a qlog, an interface, or only from inside.

    Examples
    --------
    >>> Observable("wire")
    <Observable.WIRE: 'wire'>
    """

    WIRE = "wire"
    QLOG = "qlog"
    API = "api"
    INSIDE = "inside"


class Concept(StrEnum):
    """Where the logic of a clause lives: the name of a machine, or of what the reference and the wire hold.

    Examples
    --------
    >>> Concept("path_validation").name
    'PATH_VALIDATION'
    """

    CID_SUPPLY = "cid_supply"
    PATH_VALIDATION = "path_validation"
    ANTI_AMPLIFICATION = "anti_amplification"
    MIGRATION = "migration"
    PREFERRED_ADDRESS = "preferred_address"
    STATELESS_RESET = "stateless_reset"
    LOAD_BALANCING = "load_balancing"
    MULTIPATH = "multipath"
    CONNECTION = "connection"
    ADDRESS_VALIDATION = "address_validation"
    PACKET_PROTECTION = "packet_protection"
    WIRE_IMAGE = "wire_image"


class Aside(StrEnum):
    """Why a sentence of a section is no clause.

    Examples
    --------
    >>> Aside("fact")
    <Aside.FACT: 'fact'>
    """

    REASON = "reason"  # why, or what follows
    EXAMPLE = "example"
    POINTER = "pointer"  # what another place holds
    HINT = "hint"  # advice that binds and permits nothing
    CAPTION = "caption"  # the fields of a figure, or what leads a figure, table or list in
    DEFINITION = "definition"  # of a term
    FACT = "fact"  # what networks, attackers and other parts of the protocol do
    OUTSIDE = "outside"  # normative, and beyond the scope that the section states


@dataclass(frozen=True, slots=True)
class Clause:
    """One normative sentence: what it says in our words, and the fingerprint of what it says in its own.

    `actions` names actions of machines (``"cid_supply.issue"``) that carry the clause out and have to cite
    it. `uncovered` says why nothing mechanical can check the clause, and is empty where something can.

    Examples
    --------
    >>> from pathproof.spec.clauses import clause
    >>> bound = clause("RFC9000-19.15-09")
    >>> bound.document, bound.section, bound.ordinal, str(bound.level), str(bound.role)
    ('RFC9000', '19.15', 9, 'MUST', 'issuer')
    """

    id: str
    level: Level
    role: Role
    concept: Concept
    rule: str
    observable: tuple[Observable, ...]
    fingerprint: str
    reading: str | None = None
    actions: tuple[str, ...] = ()
    uncovered: str = ""
    links: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """The document, such as ``"RFC9000"``."""
        return self.id.rsplit("-", 2)[0]

    @property
    def section(self) -> str:
        """The number of the section, such as ``"19.15"``."""
        return self.id.rsplit("-", 2)[1]

    @property
    def ordinal(self) -> int:
        """The place among the normative sentences of the section, from 1."""
        return int(self.id.rsplit("-", 2)[2])


@dataclass(frozen=True, slots=True)
class Section:
    """The clauses of one section, in the order of the text, and what became of its other sentences.

    `scope` says which part of the section is in scope, and is empty where all of it is. `asides` holds the
    fingerprints of the sentences that are no clauses, by the reason for it.

    Examples
    --------
    >>> from pathproof.spec.clauses import section
    >>> limits = section("RFC9000", "18.2")
    >>> limits.scope, limits.normative > len(limits.clauses)
    ('the parameters of connection IDs, paths and resets', True)
    """

    document: str
    number: str
    title: str
    clauses: tuple[Clause, ...]
    scope: str = ""
    asides: Mapping[Aside, tuple[str, ...]] = field(default_factory=dict)

    @property
    def normative(self) -> int:
        """How many normative sentences the section has, in scope and beyond it."""
        return len(self.clauses) + len(self.asides.get(Aside.OUTSIDE, ()))
