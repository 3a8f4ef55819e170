"""Who did what, and when: the audit trail of an organization."""
