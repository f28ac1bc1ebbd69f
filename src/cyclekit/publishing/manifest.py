"""What a generation holds: the names of its files, their sizes, and their SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import attrs

from cyclekit.errors import DamagedPublicationError

FORMAT = 1
NAME = "manifest.json"
_AT_ONCE = 1 << 20


@attrs.frozen
class File:
    """One file's size and SHA-256, as hexadecimal digits."""

    size: int
    sha256: str


@attrs.frozen
class Manifest:
    """The files of a generation by their names, with ``/`` between folders. The manifest is not among them."""

    files: Mapping[str, File]

    def folders(self) -> list[str]:
        """The folders of its files, each before what is in it."""
        found = {str(above) for name in self.files for above in PurePosixPath(name).parents}
        return sorted(found - {"."})

    def written(self) -> bytes:
        """It as bytes: JSON, a line for each file."""
        lines = [
            f'{json.dumps(name, ensure_ascii=False)}:{{"size":{each.size},"sha256":"{each.sha256}"}}'
            for name, each in sorted(self.files.items())
        ]
        inside = ",\n".join(lines)
        return f'{{"format":{FORMAT},"files":{{\n{inside}\n}}}}\n'.encode()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a generation; None where it has none.

    Raises DamagedPublicationError for one that is not whole, or whose names lead out of the folder.
    """
    try:
        data = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            raise DamagedPublicationError(str(folder / NAME), "its format is {format}", format=found["format"])
        files = {name: File(int(each["size"]), str(each["sha256"])) for name, each in found["files"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise DamagedPublicationError(str(folder / NAME), "it is not what was written") from fault
    for name in files:
        if not is_inside(name):
            raise DamagedPublicationError(str(folder / NAME), "{name} is not inside", name=repr(name))
    return Manifest(files)


def is_inside(name: str) -> bool:
    """Whether a name stays in its folder, and is spelled as it is written here."""
    parts = name.split("/")
    return bool(name) and not name.startswith("/") and not {"", ".", ".."}.intersection(parts) and "\0" not in name


def flaws(folder: Path) -> list[str]:
    """What is missing or not as the manifest says, by name: nothing in a generation that is whole."""
    manifest = read_manifest(folder)
    if manifest is None:
        return [NAME]
    return [name for name, file in manifest.files.items() if measured(folder / name) != file]


def measured(path: Path) -> File | None:
    """A file's size and SHA-256; None where there is none."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while data := file.read(_AT_ONCE):
                digest.update(data)
                size += len(data)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    return File(size, digest.hexdigest())
