"""Coverage as pictures and as tables: the answers of the JSON doors with their words."""
