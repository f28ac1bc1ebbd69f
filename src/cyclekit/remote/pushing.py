"""What is to be done with a calendar on a server so that it holds what we say, and doing it.

Nothing is remembered on our side: what was put is told by a line of ours in each object (see ``content``). So any
machine can go on where another one was stopped, and what somebody has edited is seen.
"""

import enum
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

import attrs

from cyclekit.civil.spans import Span
from cyclekit.remote.address import same_name
from cyclekit.remote.collection import Collection, There
from cyclekit.remote.faults import RemoteError
from cyclekit.remote.objects import Calendar, Item

#: How often an object is read again that changes under our hands.
_AGAIN = 3
#: Fewer objects than this may all go; of more, not more than half without being told.
_FEW = 10
#: A server that refuses so many objects one after the other refuses all.
_REFUSALS = 10


class Deed(enum.Enum):
    """What becomes of an object."""

    PUT = "put"
    REMOVE = "remove"
    SAME = "same"
    #: Edited there, and as it was on our side.
    EDITED = "edited"
    #: Edited there, and changed on our side too.
    CONFLICT = "conflict"
    #: Edited there, and gone on our side.
    EDITED_GONE = "edited-gone"
    #: It has our UID or our name, and nobody knows what it said when it was put.
    UNMARKED = "unmarked"
    REFUSED = "refused"
    #: Not of this push: other rules, another unit, or other days.
    OTHER = "other"


#: What is left as it is although our side says something else.
BEHIND = frozenset({Deed.CONFLICT, Deed.EDITED_GONE, Deed.UNMARKED, Deed.REFUSED})
LEFT = frozenset({Deed.EDITED, Deed.CONFLICT, Deed.EDITED_GONE, Deed.UNMARKED})
Tell = Callable[[Deed, str, str], None]


@attrs.frozen
class Manner:
    """How a push goes about it: what is overwritten, how much may go, and whether anything is done at all."""

    overwrite: bool = False
    force: bool = False
    dry_run: bool = False


@attrs.define
class Outcome:
    """How many objects have been put, removed, found the same, left alone and refused; ``behind`` of them say else."""

    put: int = 0
    removed: int = 0
    same: int = 0
    left: int = 0
    refused: int = 0
    behind: int = 0
    made: int = 0

    def count(self, deed: Deed) -> None:
        """One more of these."""
        self.put += deed is Deed.PUT
        self.removed += deed is Deed.REMOVE
        self.same += deed is Deed.SAME
        self.left += deed in LEFT
        self.refused += deed is Deed.REFUSED
        self.behind += deed in BEHIND

    @classmethod
    def of(cls, outcomes: "Iterable[Outcome]") -> "Outcome":
        """All of these together."""
        several = tuple(outcomes)
        names = [each.name for each in attrs.fields(cls)]
        return cls(**{name: sum(getattr(each, name) for each in several) for name in names})


def judge(item: Item | None, there: There | None, scopes: AbstractSet[str], horizon: Span, manner: Manner) -> Deed:
    """What is to become of an object, of which ``item`` is what we say and ``there`` what the server has.

    What is ours no longer goes only where a push of the same scope put it, and on a day of this horizon: what is past
    stays in people's calendars.
    """
    if there is None:
        return Deed.OTHER if item is None else Deed.PUT
    said = there.said
    if item is None:
        if said is None or said.scope not in scopes or said.first is None or said.last is None:
            return Deed.OTHER
        if said.first < horizon.first or horizon.last < said.last:
            return Deed.OTHER
        return Deed.EDITED_GONE if said.is_edited and not manner.overwrite else Deed.REMOVE
    if said is None or said.uid != item.uid:
        # Somebody's own object under our name: not even overwriting is meant for it.
        return Deed.UNMARKED
    if said.now == item.says:
        return Deed.SAME
    if manner.overwrite or not said.is_edited:
        return Deed.PUT
    if not said.put:
        return Deed.UNMARKED
    return Deed.EDITED if said.put == item.says else Deed.CONFLICT


class Push:
    """One calendar, pushed to one collection."""

    def __init__(
        self,
        collection: Collection,
        calendar: Calendar,
        scopes: AbstractSet[str],
        horizon: Span,
        manner: Manner,
        tell: Tell,
    ) -> None:
        self._collection = collection
        self._calendar = calendar
        self._scopes = scopes
        self._horizon = horizon
        self._manner = manner
        self._tell = tell
        self._refusals = 0
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """Look, compare, and do what is to be done. Raises RemoteError; what was done before it stays done."""
        there = self._there()
        deeds = {
            uid: self._judged(self._calendar.items.get(uid), there.get(uid))
            for uid in dict.fromkeys((*self._calendar.items, *there))
        }
        goes = sum(each is Deed.REMOVE for each in deeds.values())
        if goes > _FEW and goes * 2 > len(there) and not self._manner.force:
            raise RemoteError("too-many-go", count=goes, all=len(there))
        # Nothing is taken away before what takes its place is there.
        for uid in sorted(deeds, key=lambda each: deeds[each] is Deed.REMOVE):
            self._settle(uid, deeds[uid], there.get(uid))
        return self.outcome

    def _judged(self, item: Item | None, there: There | None) -> Deed:
        return judge(item, there, self._scopes, self._horizon, self._manner)

    def _there(self) -> Mapping[str, There]:
        """What is there of ours, by UID; by its path, where it does not tell a UID."""
        listed = self._collection.look()
        if listed is None:
            self.outcome.made = 1
            if self._manner.dry_run:
                return {}
            self._collection.make(self._calendar.name)
            listed = self._collection.look()
            if listed is None:
                raise RemoteError("not-made", path=self._collection.path, status=404, reason="")
        names = {same_name(self._collection.path_of(uid)): uid for uid in self._calendar.items}
        found: dict[str, There] = {}
        for each in self._collection.read([path for path, _ in listed]):
            known = names.get(same_name(each.path))
            uid = each.said.uid if each.said else each.path
            # What stands under the name of one of ours is that one's place, whatever it says.
            found[known or uid] = each
        return found

    # ------------------------------------------------------------------------------------------ one object

    def _settle(self, uid: str, deed: Deed, there: There | None) -> None:
        item = self._calendar.items.get(uid)
        why = ""
        if not self._manner.dry_run:
            try:
                for _ in range(_AGAIN):
                    if self._do(deed, item, there):
                        break
                    # It has changed since it was read: what is there now is looked at first.
                    path = there.path if there else self._collection.path_of(uid)
                    there = self._collection.get(path)
                    deed = self._judged(item, there)
                else:
                    deed, why = Deed.REFUSED, "412"
                self._refusals = 0
            except RemoteError as fault:
                if fault.kind != "refused" or not fault.values["status"].startswith("4"):
                    raise
                self._refusals += 1
                if self._refusals >= _REFUSALS:
                    raise
                deed, why = Deed.REFUSED, f"{fault.values['status']} {fault.values['reason']}".strip()
        self.outcome.count(deed)
        if deed not in {Deed.SAME, Deed.OTHER}:
            self._tell(deed, uid, why)

    def _do(self, deed: Deed, item: Item | None, there: There | None) -> bool:
        """Do it; False where the object is not as it was when it was judged."""
        if deed is Deed.REMOVE and there is not None:
            return self._collection.remove(there.path, _strong(there))
        if deed is Deed.PUT and item is not None:
            if there is None:
                return self._collection.create(self._collection.path_of(item.uid), item.data())
            sequence = there.said.sequence if there.said else 0
            return self._collection.replace(there.path, _strong(there), item.data(sequence))
        return True


def _strong(there: There) -> str:
    """The ETag by which an object is changed. Raises RemoteError where the server gives none."""
    if not there.etag:
        raise RemoteError("no-etag", path=there.path)
    return there.etag
