"""The command line, one file a thing; a command opens the transaction and prints what a domain function gives."""
