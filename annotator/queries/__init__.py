"""Reads. Plain values out; every list states its order and its limit; nothing here writes or knows about the web."""
