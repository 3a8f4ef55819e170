"""Where a process begins: it imports everything and nothing imports it."""
