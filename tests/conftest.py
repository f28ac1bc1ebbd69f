"""How hard properties are tried, by ``HYPOTHESIS_PROFILE``; left out, it is ``dev``.

``dev`` draws other examples in every run and keeps those that failed; ``ci`` draws the same ones each time, so
that a change that has nothing to do with a bug cannot be stopped by it, and ``brief`` a few of them, for one Python
after another; ``hunting`` fewer still, for one mutant after another, and is content with any example that fails;
``thorough`` is for a night. Nothing is timed: a slow machine is no bug.
"""

import os
import sys

from hypothesis import HealthCheck, Phase, settings

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("brief", max_examples=20, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile(
    "hunting",
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=_SLOW,
)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_sessionfinish() -> None:
    """Save what was measured (`make coverage`) here: a worker that is slow to end may be killed before it would."""
    if "coverage" in sys.modules:
        measuring = sys.modules["coverage"].Coverage.current()
        if measuring is not None:
            measuring.stop()
            measuring.save()
