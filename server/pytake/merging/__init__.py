"""Two contacts that are one person: merged with all their history, and told apart again."""
