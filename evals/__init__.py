"""Measures the product against labelled data: `make eval`."""
