"""Things that refer to each other: finding those that come back to themselves."""

from collections.abc import Mapping

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
