"""The people who write to an organization, and how one person is recognised again."""
