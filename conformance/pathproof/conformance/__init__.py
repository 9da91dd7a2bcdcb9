"""Judging real endpoints: events, trace readers, the judge, vectors, drivers, reports and the command line."""
