"""Visits, photos and what could not be accepted. It knows nothing of HTTP."""
