"""Did we keep our own rules? Control tests over populations, findings and their answers, the crosswalk."""
