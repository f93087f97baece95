"""How many stations ever built still live, with bounds, curves, and quarters as published. It hides no unknown."""
