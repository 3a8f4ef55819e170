"""`pytake up` once it knows what to do: a small process that starts the others and stays."""
