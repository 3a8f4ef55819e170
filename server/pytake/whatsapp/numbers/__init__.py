"""Connecting numbers, keeping an eye on them, and telling somebody when one needs a hand."""
