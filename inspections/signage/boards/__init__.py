"""What stands on one board: where letters are searched, which lines belong together, what they say. Pure; no engine."""
