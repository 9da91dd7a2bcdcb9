"""What a validator, its peer and the network between them hold while paths are validated.

The validator sends PATH_CHALLENGE, the responder answers with PATH_RESPONSE (RFC 9000 8.2). A path is a pair
of addresses, and both ends name it by the same number. A challenge frame is known by its place in the order
of sending, and its data by the first frame that had it; `challenges` itself stands for data in no frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table, add, larger, minus
from pathproof.spec.names import AMPLIFICATION_FACTOR

Path = Annotated[int, Below("paths", "path")]
Frame = Annotated[int, Below("challenges")]

OPEN = "none"
PROTOCOL_VIOLATION = "PROTOCOL_VIOLATION"
NO_VIABLE_PATH = "NO_VIABLE_PATH"
DISCARDED = "discarded in silence"
FACTOR = AMPLIFICATION_FACTOR  # times what came from an unvalidated address may go there (RFC9000-8-01)
PATIENCE = 3  # PTOs after which an attempt is given up (RFC9000-8.2.4-03)


@dataclass
class PathValidation:
    """One direction of path validation: what each end knows, what the network did, what was done wrong."""

    # The validator: the challenges it has sent. The network can deliver what is noted here.
    drawn: int = number(Upto("challenges"))  # how many challenge frames it has sent
    data: Table = table(Below("challenges"), Below("challenges"))  # frame -> its data
    sent_on: Table = table(Below("challenges"), Below("paths", "path"))  # frame -> path it was sent on
    expanded: Numbers = numbers(Below("challenges"))  # frames in datagrams of 1200 bytes
    answered: Numbers = numbers(Below("challenges"))  # data whose response was accepted
    # The validator: its attempts and what they came to.
    probed: Numbers = numbers(Below("paths", "path"))  # a connection ID was taken for these
    wanted: Numbers = numbers(Below("paths", "path"))  # to be validated, first challenge not sent yet
    validating: Numbers = numbers(Below("paths", "path"))  # an attempt is running
    small_only: Numbers = numbers(Below("paths", "path"))  # no challenge of it filled 1200 bytes
    first: Table = table(
        Below("paths", "path"), Below("challenges")
    )  # path -> first challenge of its attempt
    elapsed: Table = table(Below("paths", "path"), Upto("horizon"))  # path -> ticks since the first challenge
    last: Table = table(Below("paths", "path"), Upto("horizon"))  # path -> tick of the last challenge
    reachable: Numbers = numbers(Below("paths", "path"))  # the peer's address is validated
    fits: Numbers = numbers(Below("paths", "path"))  # and so is the path MTU
    failed: Numbers = numbers(Below("paths", "path"))  # the last attempt timed out
    abandoned: Numbers = numbers(Below("paths", "path"))  # the last attempt ended for other reasons
    budget: Table = table(Below("paths", "path"), Upto("room"))  # what the anti-amplification limit leaves
    current: int = number(Below("paths", "path"))  # the path in use, for both ends
    # The responder.
    owed: Numbers = numbers(Below("challenges"))  # challenges that await their response
    came_on: Table = table(Below("challenges"), Below("paths", "path"))  # challenge -> path it came on
    equipped: Numbers = numbers(Below("paths", "path"))  # it has a connection ID for these
    spare: int = number(Upto("spares"))  # unused connection IDs it holds besides
    allowance: Table = table(Below("paths", "path"), Upto("allowed"))  # what its own limit leaves
    congested: str = choice("no", "yes")  # congestion control lets nothing out
    # The network: packets that were processed are dropped when they come again.
    reached: Numbers = numbers(Below("challenges"))  # the responder processed the frame
    responses: Numbers = numbers(Below("challenges"))  # a response to the frame was sent
    full: Numbers = numbers(Below("challenges"))  # in a datagram of 1200 bytes
    heard: Numbers = numbers(Below("challenges"))  # and the validator processed it
    # How the connection ended.
    error: str = choice(OPEN, PROTOCOL_VIOLATION, NO_VIABLE_PATH, DISCARDED)
    # What really happened, for claims only: no end reads it.
    proved: Numbers = numbers(Below("paths", "path"))  # the peer got a challenge that was sent on these
    proved_full: Numbers = numbers(Below("paths", "path"))  # and one in a datagram of 1200 bytes
    both_ways: Numbers = numbers(Below("paths", "path"))  # and its response came back on the same path
    true_budget: Table = table(Below("paths", "path"), Upto("room"))  # what `budget` has to be (see `truth`)
    true_allowance: Table = table(Below("paths", "path"), Upto("allowed"))  # what `allowance` has to be
    misdeed: str = choice(
        "none",
        "response on another path",
        "response with other data",
        "second response",
        "response too small",
        "response beyond the limit",
        "response late",
        "retired connection ID",
    )
    rogue: str = choice("no", "yes")  # a peer has broken a rule


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the configuration of the two ends, and the readings of the text.

    Sizes are in units of 300 bytes: `padded` is 1200 bytes, `small` a datagram that was not expanded.
    """

    paths: int = parameter(3, 1, "paths: the handshake's, and others that are genuine, owned or spoofed")
    challenges: int = parameter(3, 1, "PATH_CHALLENGE frames that are sent in all")
    current_pto: int = parameter(1, 1, "PTO of the path in use, in ticks", most=2)
    initial_pto: int = parameter(1, 1, "PTO of a new path, from kInitialRtt, in ticks", most=2)
    horizon: int = parameter(4, 1, "ticks that are counted: more than three times the larger PTO")
    padded: int = parameter(4, 4, "size of a datagram of 1200 bytes")
    small: int = parameter(1, 1, "size of a datagram that is not expanded", most=1)
    room: int = parameter(6, 4, "the most that the anti-amplification limit is counted up to")
    allowed: int = parameter(12, 4, "the same for the responder: what responses to all challenges take")
    spares: int = parameter(2, 1, "connection IDs that an end holds beyond the one in use")
    backlog: int = parameter(1, 1, "responses that may wait, where their number is bounded")
    limited: str = option(
        "nobody", "validator", "responder", says="which end has not validated its peer's addresses"
    )
    rogue: str = option("nobody", "validator", "responder", says="which end may break the rules")
    relay: str = option("no", "yes", says="whether an attacker without keys copies packets elsewhere")
    supply: str = option("ample", "scarce", says="whether the responder can run out of connection IDs")
    congestion: str = option("no", "yes", says="whether congestion control holds responses back")
    moves: str = option("no", "yes", says="whether the peer moves to other addresses meanwhile")
    unmatched: str = option("ignore", "close", says="a response to data never sent (19.18-04)")
    challenge_answers: str = reading("all", "bounded", says="which challenges are answered")
    challenge_payload: str = reading("fresh", "copied", says="data of a repeated challenge")
    late_response: str = reading("validates", "void", says="a response after its attempt has ended")
    padding_budget: str = reading("small_first", "wait", says="a limit that does not allow 1200 bytes")
    response_path: str = reading("responder", says="whom the path of the response binds: no other reading")
    response_retransmission: str = reading("once", says="whether a response is repeated: no other reading")
    second_response: str = reading("ignore", "close", says="one more response to an answered challenge")
    validation_failure: str = reading("may", "abandon", says="other validations, at a change of address")


def is_open(s: PathValidation) -> bool:
    """Neither end has closed the connection or discarded it."""
    return s.error == OPEN


def nothing(numbers: Numbers) -> Numbers:
    """The empty set."""
    return minus(numbers, numbers)


def only(numbers: Numbers, number: int) -> Numbers:
    """The set of this number alone."""
    return add(nothing(numbers), number)


def both(numbers: Numbers, others: Numbers) -> Numbers:
    """What is in either of two sets is in both."""
    return minus(numbers, minus(numbers, others))


def patience(p: Parameters) -> int:
    """Ticks until an attempt is given up: three times the larger PTO (8.2.4-03)."""
    return PATIENCE * larger(p.current_pto, p.initial_pto)


def usable(s: PathValidation) -> Numbers:
    """The paths that packets other than probes may take: validated with their MTU, and not given up."""
    return minus(s.fits, s.failed)
