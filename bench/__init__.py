"""The performance table: `python -m bench`, or `make bench`. Docs: docs/reference/performance.md."""
