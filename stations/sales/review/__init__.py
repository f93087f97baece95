"""Return, accept and unlock reports, one or many. It changes no figure."""
