"""The months: who owes a report, what was reported and decided, and the figures of it. It decides nobody's life."""
