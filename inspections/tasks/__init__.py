"""Visits somebody was asked to make. It never says where anybody is or how much anybody does."""
