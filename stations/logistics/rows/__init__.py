"""The rows of a network file: which columns there are, what a cell says, and the words for what is wrong with it."""
