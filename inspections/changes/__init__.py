"""What comes down to a phone: what changed since it asked last, and whether asking is worth it. It writes nothing."""
