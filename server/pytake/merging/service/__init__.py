"""Merging, undoing it, and what is suspected."""
