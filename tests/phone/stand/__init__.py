"""What the tests of the phone stand on: a server that dies at a named point, a line that breaks, a handset."""
