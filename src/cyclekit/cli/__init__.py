"""The command line: the edge that knows the clock, the environment and the terminal."""

from cyclekit.cli.main import main

__all__ = ["main"]
