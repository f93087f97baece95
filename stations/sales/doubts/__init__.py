"""Figures that look wrong and facts that contradict each other, each with its evidence. It blocks nothing."""
