"""How traces are held against the machine `cid_supply`: RFC 9000 5.1, 5.1.1, 5.1.2, 19.15 and 19.16.

`follow` takes the events of one trace and hands them to two `direction`s, one for each issuer; each holds the
state of the machine, which only the machine's own functions change, and the `ledger` that says which sequence
number a connection ID has. The rules are in `offer_rules`, `receipt_rules`, `retirement_rules`, `use_rules`
and `parameter_rules`, named for the moment they look at.
"""
