"""Publications that are killed at random: run by itself, it forks, kills and looks fifty times.

It is a process with one thread, as a process that forks has to be, and has everything loaded before it does.
"""

import datetime as dt
import os
import random
import signal
import sys
import time
from pathlib import Path

import cyclekit
from cyclekit.adapters.ical import Options
from cyclekit.publishing.contents import What
from cyclekit.publishing.publishing import publish
from tests.faults.trees import CHANGED, RULES, is_torn, seen

#: The generation that is out there, and the one before.
KEPT = 2
STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main(folder: Path, rounds: int, seed: int) -> None:
    """Publish two sets of rules in turn, kill that after a while, and look; prints how often it was torn or stuck."""
    random.seed(seed)
    schedules = []
    for text in (RULES, CHANGED):
        (folder / "office.yaml").write_text(text, encoding="utf-8")
        schedules.append(cyclekit.expand(cyclekit.load(folder / "office.yaml"), "2026"))
    what = What(options=Options("en"), xlsx=False)
    out = folder / "out"

    def one(turn: int) -> None:
        publish(schedules[turn % 2], out, STAMP, what=what, keep=0)

    one(0)
    start = time.monotonic()
    one(1)
    long = time.monotonic() - start
    torn = unfinished = 0
    for turn in range(rounds):
        child = os.fork()
        if not child:
            for again in range(turn, turn + 1000):
                one(again)
            os._exit(0)
        time.sleep(random.uniform(0, 3 * long))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        unfinished += (out / ".journal").exists()
        torn += is_torn(out) or seen(out) is None
        # The next one takes up what there is, and clears away what is left.
        one(turn)
        torn += is_torn(out) or (out / ".journal").exists() or len(list((out / "generations").iterdir())) > KEPT
    print(rounds, torn, unfinished)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
