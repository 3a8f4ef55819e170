"""Telling browsers what happens, as it happens and without gaps."""
