"""Every change lifecycle makes, one verb each."""
