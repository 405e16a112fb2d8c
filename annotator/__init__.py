"""Annotator: a desk where a newsroom checks an article line by line."""

__version__ = "0.1.0"
