"""What phones send, taken in once: stored, bound to its photos, or kept aside and settled. It shows nothing."""
