"""Everything that changes an interview, one verb each."""
