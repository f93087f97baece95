"""Gathers what the papers print from the rooms that know it and hands it to their setting; it counts nothing."""
