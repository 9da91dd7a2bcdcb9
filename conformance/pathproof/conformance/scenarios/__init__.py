"""Migration watched in real networks: one file for each scenario, which reads like a story.

`catalogue` lists them; `engine` has what they are made of: namespaces, cables, a network between them,
servers and clients of QUIC and TCP, attackers, and the timeline of what was seen.
"""
