"""What sentences call units and obligations: as their readers know them, or by their ids."""

import attrs

from cyclekit.model.obligation import Rulebook
from cyclekit.model.text import Text
from cyclekit.words.anchors import Both


@attrs.frozen
class Names:
    """Names and titles of ``rulebook``; without one there are ids only.

    Two units may have one name: with ``ids`` the id stands beside the name, and no two are called the same.
    """

    rulebook: Rulebook | None = None
    ids: bool = False

    def unit(self, id: str) -> Both:  # noqa: A002 (the field's own word)
        """A unit's name, or its id where there is none."""
        if self.rulebook is None or id not in self.rulebook.roster:
            return _alone(id)
        return self._named(id, self.rulebook.roster[id].name)

    def obligation(self, id: str) -> Both:  # noqa: A002 (the same)
        """An obligation's title, or its id."""
        if self.rulebook is None:
            return _alone(id)
        return self._named(id, self.rulebook[id].title)

    def _named(self, id: str, name: Text) -> Both:  # noqa: A002 (the same)
        en, zh = name.get("en"), name.get("zh")
        if not self.ids:
            return Both(quoted(en), quoted(zh))
        return Both(
            quoted(en) if en == id else f"{quoted(en)} ({id})", quoted(zh) if zh == id else f"{quoted(zh)}（{id}）"
        )


#: By ids.
IDS = Names()


def quoted(text: str) -> str:
    """An author's word in quotation marks; marks of its own are doubled, so that it can be told where it ends."""
    return f"“{text.replace('”', '””')}”"


def _alone(id: str) -> Both:  # noqa: A002 (the same)
    return Both(quoted(id), quoted(id))
