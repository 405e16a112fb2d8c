"""Writes. A service is a verb with the actor first; it obeys the domain's rules, writes its event, never commits."""
