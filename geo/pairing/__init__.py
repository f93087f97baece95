"""Two networks of points held against each other: pairs one to one, orphans on both sides, chains over levels."""
