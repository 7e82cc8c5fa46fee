"""Mail and webhooks: the outbox in the database, what is sent from it, and who wants what."""
