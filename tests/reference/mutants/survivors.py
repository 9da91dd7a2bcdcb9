"""Mutants that nothing notices by their clause, each with the property that is missing.

The test holds this against what survives in fact: one that is noticed one day has to leave.
"""

from __future__ import annotations

from collections.abc import Mapping

SURVIVORS: Mapping[str, str] = {
    "the_default_is_none": (
        "that a peer is given as many connection IDs as it takes is a SHOULD (5.1.1-11), and liveness:"
        " no rule says by when"
    ),
    "another_error": (
        "a frame that cannot be read is in no packet that checkers see: no rule compares the error that it"
        " meets (19.15-10)"
    ),
    "late_packets_are_an_update": (
        "packets of the key phase before are dropped as if they were lost: no rule says that every packet of"
        " an honest network is opened (RFC9001-6.5-02)"
    ),
    "it_is_not_taken_up": (
        "to take the preferred address up is a SHOULD (9.6.1-03): no rule asks a client whether it has begun"
    ),
    "answers_from_the_old_address": (
        "that a server goes over to its preferred address (9.6.2-05) is no rule of the judge's, and the"
        " machine preferred_address has no follower"
    ),
}
