"""Alive or gone: one pure rule over dated evidence, the fetcher beside it and the appended answers. It sends nobody out."""
