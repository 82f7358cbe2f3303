"""Broken and hostile inputs of our own making, each with what the program must make of it (RELIABILITY T1)."""
