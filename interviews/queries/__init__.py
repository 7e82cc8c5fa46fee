"""Reads of interviews, for commands and pages."""
