"""The demonstration's visits: sent through a phone's door, the old ones approved, the newest left to review."""
