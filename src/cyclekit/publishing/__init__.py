"""Publishing: whole generations of feeds and lists in a folder, and what is remembered from one to the next."""
