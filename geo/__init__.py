"""Pure geometry over arrays: datums, distances, the on-site test, areas; it never knows a database, HTTP or a rule."""
