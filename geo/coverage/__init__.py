"""Figures of coverage over arrays: stages, bounds, access, spread, gaps, dependency; it never knows a database."""
