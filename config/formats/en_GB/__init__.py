"""English: the only language of the screens."""
