"""Streams of facts, tallies and metrics, each defined once, in code."""
