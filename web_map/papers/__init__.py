"""Papers that people print, stamp and file: plain texts in, PDF or ZIP bytes out, the same bytes for the same texts."""
