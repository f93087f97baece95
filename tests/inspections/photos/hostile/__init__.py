"""Files that would harm whoever reads them carelessly, and odd ones that are honest: made here, byte by byte."""
