"""Tests of what comes down to a phone."""
