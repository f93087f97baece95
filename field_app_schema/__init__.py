"""The treaty between phone and server: words, refusals, wire shapes and forms. It knows nobody."""
