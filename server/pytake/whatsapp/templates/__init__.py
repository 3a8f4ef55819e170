"""Message templates: what Meta has to approve before it may open a conversation."""
