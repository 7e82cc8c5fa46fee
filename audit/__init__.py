"""Who did what, when and why, and every version of every record. Knows no app above it."""
