"""Charts that contradict themselves cannot be made, and every row knows its number and its other half."""

import pytest

from pathproof.conformance.chart import Chart, Divider, Message, State, Step, describe
from pathproof.conformance.chart.flights import flights

LANES = ("issuer", "attacker", "consumer")


def test_only_messages_and_steps_are_numbered() -> None:
    """States and dividers comment on the run: they carry no number."""
    rows = (
        Step("issuer", "starts"),
        State("issuer", "up"),
        Divider("later"),
        Message("issuer", "consumer", "x"),
    )
    assert Chart("t", LANES, rows).numbers == (1, None, None, 2)


@pytest.mark.parametrize(
    ("lanes", "complaint"),
    [((), "lanes must be named"), (("a", "a"), "lanes must be named"), (("a", " "), "lanes must be named")],
)
def test_lanes_have_names_of_their_own(lanes: tuple[str, ...], complaint: str) -> None:
    """A chart without lanes, with two of one name, or with an empty name is refused."""
    with pytest.raises(ValueError, match=complaint):
        Chart("t", lanes, ())


@pytest.mark.parametrize("row", [Step("server", "x"), State("server", "x"), Message("issuer", "server", "x")])
def test_rows_stay_inside_the_lanes(row: Step | State | Message) -> None:
    """A row that names an unknown lane is refused, by name."""
    with pytest.raises(ValueError, match="no lane 'server'"):
        Chart("t", LANES, (row,))


@pytest.mark.parametrize("sent_at", [0, 1, 2, 3])
def test_only_what_was_sent_arrives(sent_at: int) -> None:
    """A delivery names the row of an earlier message: not a step, not itself, not a later row."""
    with pytest.raises(ValueError, match=f"sent at {sent_at}, where no message was sent"):
        Chart("t", LANES, (Step("issuer", "starts"), Message("issuer", "consumer", "x", sent_at=sent_at)))


def test_a_message_goes_from_one_party_to_another() -> None:
    """A message to oneself is a step."""
    with pytest.raises(ValueError, match="use a Step"):
        Message("issuer", "issuer", "x")


def test_a_delivery_is_not_in_flight() -> None:
    """A row with `sent_at` ends a flight, so it cannot be in flight itself."""
    with pytest.raises(ValueError, match="delivers or loses it"):
        Message("issuer", "consumer", "x", delivered=False, sent_at=1)


def test_each_end_of_a_flight_names_the_other() -> None:
    """The sending says when it arrives or is lost, the arrival when it was sent, a copy that it is one."""
    sent = Message("issuer", "consumer", "x", delivered=False)
    rows = (
        sent,
        sent,
        sent,
        Message("issuer", "consumer", "x", sent_at=2),
        Message("issuer", "consumer", "x", sent_at=1, kind="lost"),
        Message("attacker", "consumer", "x", sent_at=2, kind="attack"),
        Message("issuer", "attacker", "x"),
        Message("attacker", "consumer", "x", sent_at=7),
        Message("issuer", "consumer", "x", kind="lost"),
    )
    found = flights(Chart("t", LANES, rows))
    assert [flight.note for flight in found.values()] == [
        "in flight, lost at 5",
        "in flight, arrives at 4 and 6",
        "in flight, never arrives in this run",
        "sent at 2",
        "lost, sent at 1",
        "sent at 2, arrives again",
        "passed on at 8",
        "sent at 7",
        "lost",
    ]
    assert [number for number, flight in found.items() if not flight.leaves] == [4, 5]


def test_a_description_tells_every_row() -> None:
    """Readers who do not see the chart get its rows, remarks and footer as sentences."""
    rows = (
        Message("attacker", "consumer", "PING", "from 10.0.0.1", kind="attack"),
        State("consumer", "uses 2"),
        Step("consumer", "closes", "0x09", kind="close"),
        Divider("the property fails here", kind="violation"),
    )
    assert describe(Chart("t", LANES, rows, "End.")).splitlines() == [
        "Lanes: issuer, attacker, consumer.",
        "1. attacker to consumer: PING (attack) (from 10.0.0.1).",
        "consumer now holds: uses 2.",
        "2. consumer: closes (0x09).",
        "the property fails here.",
        "End.",
    ]


@pytest.mark.parametrize("via", ["a", "c", "nowhere"])
def test_a_path_lies_between_the_ends(via: str) -> None:
    """A message takes no path beside its way: not an end of it, not a lane beyond, none that is missing."""
    with pytest.raises(ValueError, match="not between its ends"):
        Chart("t", ("a", "path", "b", "c"), (Message("a", "b", "PING", via=via),))
