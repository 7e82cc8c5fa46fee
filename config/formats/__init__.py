"""How dates are written and read in forms and templates, beside Django's own locale formats."""
