"""Listing status: one table of moves, their conditions, and the change itself. It never deletes a station."""
