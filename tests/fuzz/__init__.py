"""Random inputs: what is accepted says what a slow, simple reader says; the rest is refused (RELIABILITY T2)."""
