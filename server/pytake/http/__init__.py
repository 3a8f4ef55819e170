"""HTTP, said once: the shape of errors, the headers of every answer, pages of lists."""
