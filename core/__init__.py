"""What every app stands on: refusals, policies, state machines, registries, the clock. Knows no app."""
