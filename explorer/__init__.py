"""People: the window and the command line."""
