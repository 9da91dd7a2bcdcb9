"""How traces are held against the machine `cid_supply`: RFC 9000 5.1, 5.1.1, 5.1.2, 19.15 and 19.16.

`follow` takes the events of one trace, `handshake` and `frames` hand them to two `direction`s, one for each
issuer. A direction holds the state of the machine, which only the machine's own functions change, and the
`ledger` that says which sequence number a connection ID has. The rules are in the files `*_rules`; what they
look at is in `moments_of_supply` and `moments_of_use`, and what a trace may hide from them in `unseen`.
"""
