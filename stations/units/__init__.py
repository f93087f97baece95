"""Administrative units: codes, dated names and parents, the path that is a scope. It never guesses a name by itself."""
