"""Bots: their flows, what was published of them, and the runs that talk to people."""
