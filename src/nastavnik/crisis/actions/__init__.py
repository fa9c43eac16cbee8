"""Every write of the crisis app."""
