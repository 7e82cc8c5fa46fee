"""People: their credentials, their names, the roles they were granted, and what waits for them."""
