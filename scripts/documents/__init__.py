"""Labelled official documents; see README.md."""
