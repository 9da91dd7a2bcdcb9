"""What a trace may leave out, by the names that reports use."""

from __future__ import annotations

DESTINATION = "destination connection ID of 1-RTT packets"
PACKET_NUMBERS = "packet numbers"
PRIOR = "retire_prior_to of NEW_CONNECTION_ID"
CONNECTION_ID = "connection_id of NEW_CONNECTION_ID"
LENGTH = "connection_id_length of NEW_CONNECTION_ID"
TOKEN = "stateless_reset_token of NEW_CONNECTION_ID"
LIMIT = "active_connection_id_limit"
FIRST_ID = "connection ID that the issuer chose in the handshake"
PREFERRED = "preferred_address"
REMEMBERED = "limit remembered for 0-RTT"
ACCEPTANCE = "packet_dropped events"

SOME_LENGTH = 1
"""Stands for a length that is not logged: the machine's rules on the other fields are asked alone."""
