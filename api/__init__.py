"""The roof: HTTP, sessions, environment, commits and the command line. It decides nothing about stations."""
