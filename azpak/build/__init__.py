"""What `make` calls: the environment, and the book made and put in place."""
