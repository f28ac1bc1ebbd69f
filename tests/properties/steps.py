"""Steps of editing, loading, publishing and reading back, counted: `python -m tests.properties.steps [STEPS]`."""

import sys
import time

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.editing import DONE, STEPS, Editing

MANY = 10_000
_ASKED = settings(
    max_examples=20, stateful_step_count=50, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def take(steps: int) -> None:
    """Take at least so many steps, from one office after the other. Raises what the machine finds."""
    while STEPS.total() < steps:
        run_state_machine_as_test(Editing, settings=_ASKED)


if __name__ == "__main__":
    began, worked = time.monotonic(), time.process_time()
    take(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
    for name, count in sorted(STEPS.items()):
        sys.stdout.write(f"{count:7} {name}\n")
    seconds, processor = time.monotonic() - began, time.process_time() - worked
    done = ", ".join(f"{count} {name}" for name, count in sorted(DONE.items()))
    sys.stdout.write(f"{STEPS.total()} steps ({done}): {seconds:.0f} s, of them {processor:.0f} s of the processor\n")
