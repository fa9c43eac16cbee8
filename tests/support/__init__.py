"""What several kinds of tests share: homes, databases, processes. No test lives here."""
