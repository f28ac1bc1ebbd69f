"""Every code by name, with what it means: the pages of the diagnostics are made from it."""

from collections.abc import Mapping
from types import MappingProxyType

from cyclekit.words.code import Code
from cyclekit.words.codes_doubts import DOUBT_CODES
from cyclekit.words.codes_expectations import EXPECTATION_CODES
from cyclekit.words.codes_feeds import FEED_CODES
from cyclekit.words.codes_fields import FIELD_CODES
from cyclekit.words.codes_text import TEXT_CODES

MEANINGS: Mapping[str, Code] = MappingProxyType(
    {each.name: each for each in (*TEXT_CODES, *FIELD_CODES, *DOUBT_CODES, *EXPECTATION_CODES, *FEED_CODES)}
)
