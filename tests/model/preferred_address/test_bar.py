"""disable_active_migration beside a preferred address."""

from __future__ import annotations

from tests.model.preferred_address.replay import BEGUN, FAILED, MOVED, may

NARROW = {"disabled": "yes", "disabled_migration_scope": "handshake_address"}


def test_the_other_address_is_barred_at_the_original_one() -> None:
    """Not even a probe leaves another local address for the original address."""
    assert not may(BEGUN, "probe_original:1,1", disabled="yes")
    assert may(BEGUN, "probe_original:1,1")


def test_the_other_address_is_free_at_the_preferred_one() -> None:
    """The bar names the address of the handshake: probes to the preferred one may come from anywhere."""
    assert may(BEGUN, "probe_preferred:1,1", **NARROW)
    assert may(MOVED + "supply", "move_at_preferred:1,2", **NARROW)


def test_the_first_probe_lifts_the_bar_or_does_not() -> None:
    """With `lifted`, a client whose attempt has failed may migrate at the original address."""
    assert may(FAILED + "supply", "probe_original:1,2", disabled="yes")
    assert not may(FAILED + "supply", "probe_original:1,2", **NARROW)


def test_a_server_that_drops_does_not_hear_it() -> None:
    """What such a client then sends from its other address, a server of the other reading drops."""
    run = FAILED + "supply move_unprobed:1,2"
    settings = {"disabled": "yes", "challenge_when_disabled": "drop", "unprobed_move": "may"}
    assert may(run, "drop_barred_data:1", **settings)
    assert not may(run, "deliver_data:1", **settings)
    assert may(run, "deliver_data:1", disabled="yes", unprobed_move="may")
