"""Starts what demo, bench and tests need: a mail server, our programs."""
