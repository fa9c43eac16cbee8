"""Reads for the screens of the crisis app."""
