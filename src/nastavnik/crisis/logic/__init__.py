"""What can be decided about a case without a database."""
