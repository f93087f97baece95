"""Revisions of the schema, the same on SQLite and PostgreSQL; made with `flask db revision`, on PostgreSQL."""
