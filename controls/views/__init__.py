"""Pages of control tests, findings and the crosswalk."""
