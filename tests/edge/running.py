"""How tests run the command: inside this process, or as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from cyclekit.cli import main


def run(*args: str | Path, **environment: str) -> Result:
    """Run the command in this process, in English unless the environment says otherwise."""
    runner = CliRunner(env={"LC_ALL": "C.UTF-8", **environment})
    return runner.invoke(main, [str(each) for each in args], prog_name="cyclekit")


def spawn(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "cyclekit", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def loaded_by(*args: str | Path) -> set[str]:
    """The top-level modules that a command has loaded when it ends."""
    program = (
        "import sys\n"
        "from cyclekit.cli import main\n"
        "try: main(sys.argv[1:], prog_name='cyclekit')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, *map(str, args)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return set(ran.stderr.splitlines()[-1].split())
