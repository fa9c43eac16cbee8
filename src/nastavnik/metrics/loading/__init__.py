"""Steps of a load, in order: source (the foreign file), staging (typed rows), merging (with what lies there already).

`actions/facts.py` puts them together in one transaction; nothing here writes to PostgreSQL.
"""
