"""Tests of the treaty between phone and server."""
