"""Signs drawn by condition, deterministically from a seed."""
