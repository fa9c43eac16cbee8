"""What the metrics app puts into the frame."""
