"""A stand-in for Graph that takes messages as fast as they come and keeps what was said to whom.

It refuses nothing and forgets nothing: `simulator/` plays Meta faithfully, this one only quickly.
"""
