"""Files of network facts and roads as tables of cells that know their place. It never asks what a cell means."""
