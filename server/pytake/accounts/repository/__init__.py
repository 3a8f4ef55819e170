"""Every question put to the tables of getting in."""
