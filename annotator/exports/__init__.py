"""Snapshots of the record, turned into bytes. Knows neither Flask nor the database."""
