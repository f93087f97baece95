"""The tags inside a picture, as numbers and bytes; what they are called is `pictures/exif.py`."""
