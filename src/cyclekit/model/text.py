"""Texts in several languages."""

import attrs

#: The language of a text that was written without one.
UNSTATED = ""


@attrs.frozen
class Text:
    """One text in one or more languages, as pairs of BCP 47 tag and text, in the order they were written.

    A text written without a language has the tag ``""``. ``str()`` gives the first.
    """

    parts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> "Text":
        """A text without a stated language."""
        return cls(((UNSTATED, text),))

    def get(self, language: str = "") -> str:
        """The text in this language, or in a form of it, or else the first one written.

        >>> Text((("zh-CN", "季报"), ("en", "Quarterly"))).get("zh")
        '季报'
        """
        wanted = language.lower()
        for tag, text in self.parts:
            if tag.lower() == wanted:
                return text
        primary = wanted.partition("-")[0]
        for tag, text in self.parts:
            if tag.lower().partition("-")[0] == primary:
                return text
        return self.parts[0][1]

    def __str__(self) -> str:
        return self.parts[0][1]
