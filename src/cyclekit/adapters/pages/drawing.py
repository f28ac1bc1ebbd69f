"""The templates, and how texts get into them: every one escaped, none able to break a page."""

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cyclekit.adapters.pages.addresses import linked, quoted
from cyclekit.model.text import UNSTATED, Text
from cyclekit.words.occurrences import source_words
from cyclekit.words.pages import page_words

if TYPE_CHECKING:
    from jinja2.runtime import Macro

STYLE = "pages.css"
#: What HTML cannot hold: control characters but for tab and line feed, halves of surrogate pairs, noncharacters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HTML_LANGUAGE = {"zh": "zh-CN"}


@lru_cache(maxsize=8)
def drawing_in(language: str) -> "Drawing":
    """The templates in a language, compiled once."""
    return Drawing(language)


class Drawing:
    """The templates in one language. What is drawn depends on the arguments alone."""

    def __init__(self, language: str) -> None:
        environment = Environment(
            loader=PackageLoader("cyclekit.adapters.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_written,
        )
        environment.globals |= {
            "say": partial(_say, language),
            "tongue": partial(tongue, language=language),
            "language": _HTML_LANGUAGE.get(language, language),
            "text_in": lambda text: text.get(language),
            "cited": lambda source: source_words(source, language),
            "linked": linked,
            "quoted": quoted,
        }
        self._environment = environment
        self._macros: dict[str, Macro] = {}

    def page(self, template: str, **values: Any) -> bytes:  # noqa: ANN401  # whatever the template shows
        """A whole page as UTF-8."""
        return self._environment.get_template(template).render(values).encode()

    def part(self, template: str, macro: str, *values: Any) -> Markup:  # noqa: ANN401  # whatever the macro shows
        """A part that pages share, made by a macro."""
        name = f"{template}/{macro}"
        if name not in self._macros:
            module = self._environment.get_template(template).module
            self._macros[name] = getattr(module, macro)
        return Markup(self._macros[name](*values))  # noqa: S704  # a macro escapes what it is given

    def style(self) -> bytes:
        """The style sheet."""
        loader = self._environment.loader
        assert loader is not None  # noqa: S101  # it was given above
        return loader.get_source(self._environment, STYLE)[0].encode()


def tongue(text: Text, language: str) -> str:
    """The language tag of a text as a page in some language shows it, where it differs from the page's own.

    >>> tongue(Text((("zh", "季报"),)), "en"), tongue(Text((("zh", "季报"), ("en", "Report"))), "en")
    ('zh', '')
    """
    shown = text.get(language)
    tag = next((tag for tag, each in text.parts if each == shown), UNSTATED)
    return "" if tag.partition("-")[0].lower() == language.partition("-")[0].lower() else tag


def _say(language: str, name: str, **values: object) -> str:
    return page_words(name, language, **values)


def _written(value: object) -> object:
    """A value as it is put into a page; what has been drawn already stays as it is."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNWRITABLE.sub("\ufffd", value)
