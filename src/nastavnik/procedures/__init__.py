"""Executable service algorithms: the same pure function at the desk, in the audit and in the simulator."""
