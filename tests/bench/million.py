"""The server of 2.8 million units: how soon it begins, what it holds, and how soon a feed of any unit is there.

`make bench-scale` runs it; `python -m tests.bench.million UNITS REQUESTS` for other sizes. The server is a process of
its own with no more than a gigabyte of addresses (`ulimit -v`), and its reader has one connection and asks one thing
after the other. Beside the time on the clock stands the processor's time of the server from the request to the whole
answer: other programs have the machine as well, and that does not change with what they do.
"""

import contextlib
import http.client
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import attrs

from tests.edge.many_units import ENVIRONMENT, OBLIGATIONS, megabytes, unit_id, write_rules, write_units
from tests.edge.serving import Server, serving

UNITS, REQUESTS = 2_800_000, 3000
#: What the server may have: a gigabyte, whatever it is used for.
MOST = 1 << 30
_CPUCLOCK_SCHED = 2


def processor(server: Server) -> float:
    """The processor's time of a server so far, in seconds, by its own clock (``clock_getcpuclockid`` of Linux)."""
    return time.clock_gettime((~server.process.pid << 3) | _CPUCLOCK_SCHED)


@attrs.frozen
class Taken:
    """How long requests took, in milliseconds: on the clock, and of the server's processor."""

    clock: list[float]
    cpu: list[float]

    def told(self) -> str:
        """The medians, and what 99 of 100 stay below."""
        both = (f"{statistics.median(each):.2f} / {statistics.quantiles(each, n=100)[-1]:.2f}" for each in self.figures)
        return " and ".join(both)

    @property
    def figures(self) -> tuple[list[float], list[float]]:
        """The processor's, and the clock's."""
        return self.cpu, self.clock


def taken(server: Server, paths: Iterable[str]) -> Taken:
    """Ask for one path after the other over one connection."""
    found = Taken([], [])
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    with contextlib.closing(connection):
        for path in paths:
            cpu, clock = processor(server), time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            data = answer.read()
            found.clock.append(1000 * (time.perf_counter() - clock))
            found.cpu.append(1000 * (processor(server) - cpu))
            assert (answer.status, data != b"") == (200, True), path
    return found


def reloaded(server: Server, rules: Path, paths: Iterable[str]) -> tuple[float, Taken]:
    """Change the rules: seconds until they are served, and how long feeds took meanwhile."""
    before = server.health()["since"]
    write_rules(rules, "报表")
    start = time.perf_counter()

    def meanwhile() -> Iterable[str]:
        for path in paths:
            if server.health()["since"] != before:
                return
            yield path

    found = taken(server, meanwhile())
    return time.perf_counter() - start, found


def tell(what: str, figure: str) -> None:
    """Print a figure."""
    print(f"  {what:<66} {figure:>30}", flush=True)


def main(units: int = UNITS, requests: int = REQUESTS) -> None:
    """Print every figure."""
    chance = random.Random(1)

    def some(form: str, count: int = requests) -> list[str]:
        return [form.format(unit_id(chance.randrange(units))) for _ in range(count)]

    print(f"\nServing {units:,} units × {OBLIGATIONS} obligations, three years, within {MOST >> 20} MB of addresses")
    print("median / 99 of 100, of the server's processor and on the clock, in ms; one connection\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_units(folder / "units.parquet", units)
        rules = folder / "national.yaml"
        write_rules(rules)
        begun = time.perf_counter()
        with serving(rules, "--lang", "zh", memory=MOST, **ENVIRONMENT) as server:
            tell("begins to serve: of the processor, and on the clock", seconds(server, begun))
            tell("memory then: most, and now", memory(server))
            # Holidays, fonts and templates are loaded when somebody asks first.
            taken(server, some("/feeds/national/{}.ics", 5) + some("/units/national/{}", 5))
            for what, form in {"feeds": "/feeds/national/{}.ics", "pages": "/units/national/{}"}.items():
                tell(f"{what} of {requests:,} units by chance", taken(server, some(form)).told())
            for what, path in {"the index": "/", "a search for one unit": "/?q=1234567"}.items():
                tell(what, once(taken(server, [path])))
            tell("memory then", memory(server))
            took, feeds = reloaded(server, rules, some("/feeds/national/{}.ics", 100_000))
            tell("new rules are served after, on the clock", f"{took:.1f} s")
            tell(f"feeds meanwhile ({len(feeds.cpu)})", feeds.told())
            tell("memory then", memory(server))
            assert server.health()["status"] == "ok"


def seconds(server: Server, begun: float) -> str:
    """What a server took so far."""
    return f"{processor(server):.1f} s and {time.perf_counter() - begun:.1f} s"


def memory(server: Server) -> str:
    """What a server holds."""
    return f"{megabytes(server, 'VmHWM')} MB, {megabytes(server, 'VmRSS')} MB"


def once(found: Taken) -> str:
    """What a single request took."""
    return f"{found.cpu[0]:.0f} and {found.clock[0]:.0f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
