"""Feeds and pages over HTTP (the extra ``server``): ready bytes from one snapshot of the rules at a time."""
