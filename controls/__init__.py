"""Did we keep our own rules? Control tests over populations, seeded samples, findings and their answers; the crosswalk."""
