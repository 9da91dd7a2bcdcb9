"""The command line: one module a command, and nothing in them but options, calls and tables."""
