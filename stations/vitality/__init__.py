"""Alive or gone: one pure rule over dated evidence, its fetcher, and the appended answers. It sends nobody out."""
