"""Whom to remind of a month, once each. It sends nothing itself."""
