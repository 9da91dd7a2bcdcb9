"""Runs of the machine `path_validation`, told as charts: RFC 9000 8.2, 19.17 and 19.18."""
