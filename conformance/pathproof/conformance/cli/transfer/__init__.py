"""What `server` and `client` share, and what they do once their input is known to be good.

`addresses` and `needs` stand alone; `serving` and `fetching` need the package aioquic.
"""
