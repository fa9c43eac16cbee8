"""What the learning app puts into the frame: places in the rail, panels, presenters of the journal."""
