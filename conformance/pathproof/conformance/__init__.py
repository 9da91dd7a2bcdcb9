"""Judging real endpoints: events, trace readers, judge, vectors, drivers, reports and the command line."""
