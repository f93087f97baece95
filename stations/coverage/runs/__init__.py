"""Coverage runs: figures kept with what they rested on, made again, and explained against each other; never changed."""
