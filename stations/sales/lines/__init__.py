"""Months that came as a short line of text, from an owner without any app. What cannot be read is never guessed."""
