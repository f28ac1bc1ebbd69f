"""How the benchmark takes times: sides take turns in rounds, and what counts is the median of their ratios."""

import statistics
import time
from collections.abc import Callable, Mapping

ROUNDS = 7
#: A side is repeated until a turn takes about so long, so that the clock's grain and a pause do not count.
TURN = 0.05


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How many times as long ours takes as theirs: the median over rounds in which they take turns."""
    found: list[float] = []
    for _ in range(rounds):
        mine, other = seconds(ours), seconds(theirs)
        found.append(mine / other)
    return statistics.median(found)


def turns(sides: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> list[dict[str, float]]:
    """For each round the seconds that each side took once, all sides one after the other."""
    repeats = {name: max(1, int(TURN / seconds(work))) for name, work in sides.items()}

    def turn(name: str) -> float:
        work, times = sides[name], repeats[name]
        return seconds(lambda: [work() for _ in range(times)]) / times

    return [{name: turn(name) for name in sides} for _ in range(rounds)]
