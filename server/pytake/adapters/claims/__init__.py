"""Claims that outlive the process that made them."""
