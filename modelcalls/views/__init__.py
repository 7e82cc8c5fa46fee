"""Pages of model calls and of the endpoints they go to."""
