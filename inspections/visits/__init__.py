"""Visits as the phone recorded them: taken in once, never overwritten. It does not decide whether a station lives."""
