"""Getting in and staying in: sign-in, sessions, links by mail, second factors, invitations."""
