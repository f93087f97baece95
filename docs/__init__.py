"""The papers of the project; `pictures.py` makes their pictures from the demonstration."""
