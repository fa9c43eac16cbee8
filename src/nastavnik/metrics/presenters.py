"""Sentences of the journal about metrics."""
