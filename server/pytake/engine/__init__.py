"""The flow engine: a function from a drawing, a run and an event to what comes next."""
