"""Who may come in: organizations, users, sign-in, permissions."""
