"""The steps of 4.2, and the fallback algorithms of 4.3."""

from __future__ import annotations

from tests.model.load_balancing.play import BEGIN, ROUTABLE, UNROUTABLE, after, did, may

from pathproof.model.vocabulary import get, has

PLAIN = {"start": "unconfigured"}


def test_a_migrated_packet_comes_to_its_server() -> None:
    """A routable ID leads to the server from the other 4-tuple, too."""
    way = (*ROUTABLE, did("supply"), did("deliver_new_connection_id", number=1), did("move", number=1))
    state = after(*way, did("forward_by_id", number=1, late=0), cids=4)
    assert (state.here, state.astray, state.waiting) == (1, "no", "no")
    assert not may(did("forward_by_fallback", number=1, late=0, server=1), *way, cids=4)


def test_a_late_packet_comes_to_its_server() -> None:
    """What was sent on the former 4-tuple may arrive after the move."""
    way = (*ROUTABLE, did("supply"), did("deliver_new_connection_id", number=1), did("move", number=1))
    state = after(*way, did("forward_by_id", number=0, late=1), cids=4)
    assert (state.astray, state.settled) == ("no", "no")


def test_an_unroutable_id_stays_on_its_4_tuple() -> None:
    """The table has its 4-tuple from the first flight, even when the pool has changed."""
    packet = did("forward_by_table", number=0, late=0)
    assert after(*UNROUTABLE, packet, **PLAIN).waiting == "no"
    changed = (did("leave_pool", server=1), did("join_pool", server=1))
    assert after(*UNROUTABLE, *changed, packet, pool="changes", **PLAIN).astray == "no"


def test_an_unroutable_id_is_lost_when_the_4_tuple_changes() -> None:
    """Without a table of IDs the hash of the new 4-tuple decides, and may give another server."""
    lost = did("forward_by_fallback", number=0, late=0, server=1)
    assert after(*UNROUTABLE, did("rebind"), lost, **PLAIN).astray == "after a change of address"


def test_a_table_of_ids_saves_it() -> None:
    """With a table that has every observed ID, it is found."""
    found = did("forward_by_table", number=0, late=0)
    state = after(*UNROUTABLE, did("rebind"), found, cid_table="kept", **PLAIN)
    assert (state.astray, state.settled) == ("no", "yes")


def test_a_table_that_is_filled_in_the_fifth_step_does_not() -> None:
    """The fourth step has always decided before, so that the server's ID was never noted."""
    kept = {"cid_table": "kept", "recording": "fifth_step", **PLAIN}
    assert not has_entry(after(*UNROUTABLE, **kept), 0)
    assert not may(did("forward_by_table", number=0, late=0), *UNROUTABLE, did("rebind"), **kept)


def has_entry(state: object, key: int) -> bool:
    """The table of connection IDs has one."""
    return bool(get(state.by_cid, key) > 0)  # type: ignore[attr-defined]


def test_a_server_without_configuration_gives_one_id_and_bars_migration() -> None:
    """3.2-06 to 3.2-08."""
    assert after(*UNROUTABLE, **PLAIN).barred == "yes"
    assert not may(did("supply"), *UNROUTABLE, cids=8, **PLAIN)


def test_the_first_configuration_updates_the_client() -> None:
    """It comes while the connection lives; whether the client is updated is an option."""
    configured = (did("deliver_to_balancer"), did("deliver_to_server", server=0))
    assert may(did("supply"), *UNROUTABLE, *configured, **PLAIN)
    assert not may(did("supply"), *UNROUTABLE, *configured, first_configuration="stays", **PLAIN)


def test_a_configuration_that_comes_in_between_splits_a_first_flight() -> None:
    """The client's own ID looks like one of the new configuration, and the first step goes before tables."""
    way = (
        did("connect", codepoint=1, decodes_to=1, wanted=0),
        did("forward_first_flight_by_fallback", part=0, server=1),
        did("make_configuration"),
        did("deliver_to_balancer"),
        did("forward_first_flight_by_id", part=1, server=0),
    )
    assert after(*way, initials="any").astray == "in the handshake"


def test_the_hash_is_a_function_of_the_4_tuple() -> None:
    """What it has given it gives again, until the pool changes."""
    assert not may(did("forward_first_flight_by_fallback", part=1, server=1), *BEGIN[:2], tuple_table="none")
    assert may(did("forward_first_flight_by_fallback", part=1, server=0), *BEGIN[:2], tuple_table="none")


def test_the_first_part_waits_for_the_name() -> None:
    """4.3.2-03: both parts go to the server of the name."""
    way = (did("connect", codepoint=2, decodes_to=0, wanted=2), did("hold_back"), did("decide_by_name"))
    state = after(*way, fallback="advanced")
    assert (state.home, has(state.flight, 0), has(state.flight, 1), state.held_back) == (2, True, True, "no")


def test_a_neighbour_on_the_4_tuple_takes_the_name_its_right() -> None:
    """The table by 4-tuple comes before the fallback that would read the name."""
    way = (
        did("neighbour_connects", chosen=0),
        did("connect", codepoint=2, decodes_to=0, wanted=2),
        did("forward_first_flight_by_table", part=0),
    )
    assert after(*way, fallback="advanced", neighbour="yes").home == 1


def test_a_neighbour_on_the_4_tuple_takes_an_unroutable_id_along_unless_ids_are_noted() -> None:
    """4.2-04 before 4.2-05: what is noted of the ID goes before what is noted of the 4-tuple."""
    names = (did("connect", codepoint=2, decodes_to=0, wanted=1), did("hold_back"), did("decide_by_name"))
    way = (*names, did("answer"), did("forward_handshake_by_table"), did("neighbour_connects", chosen=1))
    packet = (*way, did("forward_by_table", number=0, late=0))
    named = {"fallback": "advanced", "neighbour": "yes", **PLAIN}
    assert after(*packet, **named).astray == "on its 4-tuple"
    assert after(*packet, cid_table="kept", **named).astray == "no"


def test_lengths_at_the_boundary() -> None:
    """Nine octets are needed: eight are too short, unless server_id says that four are enough in clear."""
    short = did("connect_with_odd_id", decodes_to=1, length=0, bits=0)
    exact = did("connect_with_odd_id", decodes_to=1, length=1, bits=1)
    assert after(short, shapes="odd").decodes_to == 0
    assert after(exact, shapes="odd").decodes_to == 1
    assert after(short, shapes="odd", unroutable_criteria="server_id").decodes_to == 0
    clear = {"unroutable_criteria": "server_id", "key": "none"}
    assert after(short, shapes="odd", **clear).decodes_to == 1
    assert after(short, shapes="odd", server_id_length=8, **clear).decodes_to == 0


def test_length_bits_at_the_boundary() -> None:
    """An ID of ten octets says nine; eight says too little, unless appended octets do not count."""
    checked = {"shapes": "odd", "length_check": "made", "appended": 1}
    right = did("connect_with_odd_id", decodes_to=1, length=2, bits=2)
    lower = did("connect_with_odd_id", decodes_to=1, length=2, bits=1)
    assert after(right, **checked).decodes_to == 1
    assert after(lower, **checked).decodes_to == 0
    assert after(lower, appended_octets="decoded", **checked).decodes_to == 1
    assert may(did("forward_handshake_by_id"), *BEGIN, length_check="made", appended=1)


def test_server_ids_of_one_that_left() -> None:
    """They pass on only when it has left, and it does not come back to them."""
    pool = {"pool": "changes"}
    left = (*ROUTABLE, did("leave_pool", server=0))
    assert not may(did("reassign", server=1), *ROUTABLE, **pool)
    assert after(*left, did("reassign", server=1), **pool).owner == 2
    assert not may(did("join_pool", server=0), *left, did("reassign", server=1), **pool)


def test_a_configuration_has_to_fit() -> None:
    """5.3-06: server ID and nonce take 19 octets at most."""
    assert may(did("make_configuration"), server_id_length=3, nonce_length=16)
    assert not may(did("make_configuration"), server_id_length=3, nonce_length=17)
