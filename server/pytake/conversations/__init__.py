"""Conversations and their messages: receiving, saying, sending, settling."""
