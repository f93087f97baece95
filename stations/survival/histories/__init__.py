"""Survival from a CSV of histories (docs/survival-file.md): the same rule and figures, and nothing stored."""
