"""Telling an app what happened: the envelope, its wire form, the signature, and the patience to repeat it."""
