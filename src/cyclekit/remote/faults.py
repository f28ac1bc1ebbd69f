"""What can go wrong with a calendar server, as a value that the command words."""

from cyclekit.errors import CyclekitError


class RemoteError(CyclekitError):
    """A calendar server cannot be used as asked; ``kind`` says why in a word, ``values`` what the sentence needs.

    Nothing is taken back of what was done before it: the next run goes on from there.
    """

    def __init__(self, kind: str, /, **values: object) -> None:
        self.kind = kind
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(kind + "".join(f" {name}={value}" for name, value in self.values.items()))
