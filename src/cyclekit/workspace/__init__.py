"""The rooms that touch the disk: finding and reading rule files."""
