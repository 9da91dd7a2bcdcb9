"""What the RFCs say: the clauses, the readings, and the names and numbers on the wire.

This root holds data and tiny readers of it. It imports no other root, and nothing here decides anything:
`clauses` answers which rules there are, `readings` where their text leaves a choice, `names` which codes
and bounds the RFCs assign, and `fingerprint` and `sentences` compare a record with a copy of an RFC.
"""
