"""Things that refer to each other: finding those that come back to themselves."""

from collections.abc import Mapping, Sequence

from cyclekit.model.roster import NO_PARENT
from cyclekit.reading.reader import Item


def loops(edges: Mapping[str, list[Item]]) -> list[list[str]]:
    """Each loop once, as the names along it, from the one that stands first in the file."""
    order = list(edges)
    done: set[str] = set()
    found: list[list[str]] = []
    for start in order:
        if start in done:
            continue
        path: list[str] = []
        stack: list[tuple[str, list[str]]] = [(start, [item.value for item in edges[start]])]
        path.append(start)
        while stack:
            here, targets = stack[-1]
            if not targets:
                stack.pop()
                path.pop()
                done.add(here)
                continue
            target = targets.pop(0)
            if target in path:
                loop = path[path.index(target) :]
                pivot = min(range(len(loop)), key=lambda place: order.index(loop[place]))
                loop = loop[pivot:] + loop[:pivot]
                found.append([*loop, loop[0]])
            elif target not in done and target in edges:
                path.append(target)
                stack.append((target, [item.value for item in edges[target]]))
    return found


def ring_among(parents: Sequence[int]) -> list[int]:
    """Units each of which lies below the next, and the last below the first; empty where there are none."""
    seen = bytearray(len(parents))
    # Whoever lies below itself stands above somebody: the many who do not are not looked at.
    for start in sorted(set(parents) - {NO_PARENT}):
        path: list[int] = []
        here = start
        while here != NO_PARENT and not seen[here]:
            seen[here] = 2
            path.append(here)
            here = parents[here]
        if here != NO_PARENT and seen[here] == 2:
            loop = path[path.index(here) :]
            first = loop.index(min(loop))
            return loop[first:] + loop[:first]
        for each in path:
            seen[each] = 1
    return []
