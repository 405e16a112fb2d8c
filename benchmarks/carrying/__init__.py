"""Carrying spans to the next version of a text: right and wrong on known truth, other methods, cost, hostile texts."""
