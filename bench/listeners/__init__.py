"""A thousand open WebSockets in one process, and what all of them heard."""
