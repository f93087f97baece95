"""What approved visits found wrong, ready to become items of a rectification list; nothing is found by a machine."""
