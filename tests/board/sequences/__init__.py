"""The event sequences of deciding together, T01 to T35, each by its id. (T19 to T21 are for later.)

A sequence that has a test of one rule elsewhere too is told here as a whole, from the first act to what is counted.
"""
