"""The JSON doors under /api/v1, one file a thing; each view is a sentence that calls one named domain function."""
