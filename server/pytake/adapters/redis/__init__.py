"""What lives for a moment: rates, tickets, rings. Redis may be flushed at any time and nothing is lost."""
