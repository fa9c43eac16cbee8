"""Readers and writers of question files. Pure: text (or rows) in, drafts and line-numbered problems out, and back."""
