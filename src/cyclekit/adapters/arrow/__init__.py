"""Schedules as Arrow columns, and the files that are made of columns: an extra."""

from cyclekit.adapters.arrow.batches import BATCH_ROWS, SCHEMA, reader

__all__ = ["BATCH_ROWS", "SCHEMA", "reader"]
