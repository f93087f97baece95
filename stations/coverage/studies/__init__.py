"""Siting studies: where the next stations should stand, asked for, computed by a job, kept with proof of quality."""
