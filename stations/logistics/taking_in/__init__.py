"""Network files taken in: each row checked, then all of them or nothing. It never alters what a past row said."""
