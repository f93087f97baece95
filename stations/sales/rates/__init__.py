"""How many of the owed reports came, by unit and month. It ranks nobody."""
