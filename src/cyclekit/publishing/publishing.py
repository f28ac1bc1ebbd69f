"""One publication: a new generation of everything, or nothing at all."""

import contextlib
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import attrs

from cyclekit.errors import DamagedPublicationError, TooManyGoneError
from cyclekit.model.schedule import Schedule
from cyclekit.publishing.advancing import Advanced, Moment, advance
from cyclekit.publishing.content import Content
from cyclekit.publishing.contents import SITE, STATE, Pages, What, contents
from cyclekit.publishing.feeds import names
from cyclekit.publishing.generations import Generations
from cyclekit.publishing.manifest import measured, read_manifest
from cyclekit.publishing.state import State
from cyclekit.publishing.state_file import read_state, write_state
from cyclekit.publishing.unfinished import Unfinished

KEEP = 365


@attrs.frozen
class Published:
    """What a publication did: its folder, its files, and those that are new or have changed, by name.

    Where nothing has changed there is no new generation.
    """

    site: Path
    files: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def publish(
    schedule: Schedule,
    folder: Path,
    stamp: dt.datetime,
    *,
    what: What | None = None,
    keep: int = KEEP,
    pages: Pages = (),
    force: bool = False,
) -> Published:
    """Publish a schedule to a folder, whole or not at all.

    ``stamp`` is the moment of publishing, which what has changed is marked with; ``keep`` how many days what is no
    longer owed is shown as cancelled; ``pages`` are further files of the site.
    Raises TooManyGoneError where more than half of the feeds would go, unless ``force``; PublishingNowError where
    somebody else publishes there; DamagedPublicationError where the folder holds what was not published, or not whole;
    FeedError for a feed that calendar programs do not take; OSError. The generation before is what readers see then.
    """
    wanted = what or What()
    with Generations(folder) as generations:
        before = remembered_in(generations.current)
        content = Content(wanted.options, wanted.context)
        advanced = advance(before, schedule, Moment.of(stamp, keep), content=content)
        state = attrs.evolve(advanced.state, feeds=names(schedule, wanted.by, tasks=wanted.tasks))
        gone = sorted(before.feeds - state.feeds)
        if len(gone) * 2 > len(before.feeds) and not force:
            raise TooManyGoneError(gone, len(before.feeds))
        old = read_manifest(generations.current) if generations.current else None
        unfinished = generations.next()
        try:
            _fill(unfinished, schedule, advanced, wanted, pages, state)
            is_new = not unfinished.is_the_same()
            if is_new:
                unfinished.publish()
        except BaseException:
            # As far as it can: where the disk itself fails, the next publication does it.
            if not _is_out(generations, unfinished):
                with contextlib.suppress(OSError):
                    unfinished.abandon()
            raise
        if is_new:
            generations.prune(keep=unfinished.before)
        else:
            unfinished.abandon()
        site = (generations.current or folder) / SITE
    removed = sorted(old.files.keys() - unfinished.files.keys()) if old else []
    changed = [each for each in unfinished.changed if each != STATE]
    return Published(site, _below_site(unfinished.files), _below_site(changed), _below_site(removed))


def _fill(
    unfinished: Unfinished, schedule: Schedule, advanced: Advanced, what: What, pages: Pages, state: State
) -> None:
    for name, chunks in contents(schedule, advanced, what):
        unfinished.put(name, chunks)
    for name, data in pages:
        unfinished.put(f"{SITE}{name}", (data,))
    unfinished.put(STATE, (write_state(state),))


def _is_out(generations: Generations, unfinished: Unfinished) -> bool:
    current = generations.current
    return current is not None and current == unfinished.path


def _below_site(files: Iterable[str]) -> tuple[str, ...]:
    return tuple(each.removeprefix(SITE) for each in files if each.startswith(SITE))


def remembered_in(generation: Path | None) -> State:
    """What a generation remembers; nothing where there is none. Raises DamagedPublicationError."""
    if generation is None:
        return State()
    manifest = read_manifest(generation)
    if manifest is None:
        raise DamagedPublicationError(str(generation), "it has no manifest.json")
    path = generation / STATE
    if STATE not in manifest.files or measured(path) != manifest.files[STATE]:
        raise DamagedPublicationError(str(path), "it is not what manifest.json says")
    return read_state(path.read_bytes())
