"""What one clause record holds, and what one section of them.

The rules for what becomes a record are in `pathproof.spec.clauses`, which reads them.
"""

from dataclasses import dataclass
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

    Examples
    --------
    >>> [str(role) for role in Role]
    ['issuer', 'consumer', 'endpoint', 'client', 'server']
    """

    ISSUER = "issuer"
    CONSUMER = "consumer"
    ENDPOINT = "endpoint"
    CLIENT = "client"
    SERVER = "server"


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


@dataclass(frozen=True, slots=True)
class Clause:
    """One normative sentence: what it says in our words, and the fingerprint of what it says in its own.

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
    rule: str
    observable: tuple[Observable, ...]
    fingerprint: str
    reading: str | None = None
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
    """The clauses of one section, in the order of the text, and how many it has in the RFC.

    Examples
    --------
    >>> from pathproof.spec.clauses import section
    >>> section("RFC9000", "5.1.2").complete, section("RFC9000", "18.2").complete
    (True, False)
    """

    document: str
    number: str
    title: str
    normative: int
    clauses: tuple[Clause, ...]

    @property
    def complete(self) -> bool:
        """Whether every normative sentence of the section has its record."""
        return len(self.clauses) == self.normative
