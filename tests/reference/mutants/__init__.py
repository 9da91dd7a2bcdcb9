"""Mutants of the reference: small named changes to its code, most of which recreate public bugs.

`registry` says what one is; each other file has those of one concept, `checkers` what notices them, and
`survivors` those that nothing notices.
"""

from tests.reference.mutants import (
    anti_amplification,
    cid_supply,
    cid_use,
    congestion,
    demultiplexing,
    ending,
    frames,
    handshake,
    key_update,
    migration,
    path_frames,
    path_validation,
    preferred_address,
    retirement_heard,
    stateless_reset,
    supply_heard,
    supply_refused,
    transport,
)
from tests.reference.mutants.anti_amplification import (
    a_new_address_is_valid,
    bytes_count_twice,
    the_tag_is_not_counted,
    unlimited,
)
from tests.reference.mutants.cid_supply import one_more_than_the_limit
from tests.reference.mutants.cid_use import (
    client_takes_the_first,
    keeps_using,
    many_retirements,
    overstrict,
    retirements_are_off_the_books,
    server_takes_any,
    uses_on_unretired,
    what_is_in_use_is_exempt,
)
from tests.reference.mutants.ending import a_close_is_not_heard, hasty, is_over_at_once
from tests.reference.mutants.migration import any_packet_moves, falls_back_nowhere, many_paths, probes_move
from tests.reference.mutants.path_frames import (
    answers_elsewhere,
    answers_twice,
    many_challenges,
    many_responses,
    predictable_challenges,
    small_challenges,
)
from tests.reference.mutants.path_validation import (
    a_small_exchange_is_enough,
    gives_up_early,
    what_failed_is_validated,
)
from tests.reference.mutants.registry import MUTANTS, CodeMutant
from tests.reference.mutants.stateless_reset import large_resets, unused_tokens_are_compared
from tests.reference.mutants.transport import impatient, never_again, other_bytes, sends_without_end

__all__ = [
    "MUTANTS",
    "CodeMutant",
    "a_close_is_not_heard",
    "a_new_address_is_valid",
    "a_small_exchange_is_enough",
    "answers_elsewhere",
    "answers_twice",
    "anti_amplification",
    "any_packet_moves",
    "bytes_count_twice",
    "cid_supply",
    "cid_use",
    "client_takes_the_first",
    "congestion",
    "demultiplexing",
    "ending",
    "falls_back_nowhere",
    "frames",
    "gives_up_early",
    "handshake",
    "hasty",
    "impatient",
    "is_over_at_once",
    "keeps_using",
    "key_update",
    "large_resets",
    "many_challenges",
    "many_paths",
    "many_responses",
    "many_retirements",
    "migration",
    "never_again",
    "one_more_than_the_limit",
    "other_bytes",
    "overstrict",
    "path_frames",
    "path_validation",
    "predictable_challenges",
    "preferred_address",
    "probes_move",
    "retirement_heard",
    "retirements_are_off_the_books",
    "sends_without_end",
    "server_takes_any",
    "small_challenges",
    "stateless_reset",
    "supply_heard",
    "supply_refused",
    "the_tag_is_not_counted",
    "transport",
    "unlimited",
    "unused_tokens_are_compared",
    "uses_on_unretired",
    "what_failed_is_validated",
    "what_is_in_use_is_exempt",
]
