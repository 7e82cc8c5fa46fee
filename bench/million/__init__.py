"""The audit at a million events with their versions, beside stock references on the same rows."""
