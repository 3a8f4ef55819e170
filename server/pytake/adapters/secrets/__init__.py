"""Secrets that are stored and read back."""
