"""``python -m cyclekit`` is the command ``cyclekit``."""

from cyclekit.cli import main

if __name__ == "__main__":
    main(prog_name="cyclekit")
