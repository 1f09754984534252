"""The words of reports in the reader's language: gettext catalogues in `templates/locale`; it knows no report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from esgreport import resources
from esgreport.errors import DefinitionError

Translate = Callable[..., str]
"""From an English sentence and its values (`%(count)s`) to the sentence in the reader's language."""
LOCALES = {"en": "en_GB"}
"""Where a language alone would mean another continent's dates."""
_PARAGRAPH = re.compile(r"(?<![\w(])\d+")
_FIRST_OF_MONTH = {"fr": "1er", "it": "1º"}


@cache
def translator(language: str) -> Translate:
    """How to say things in a language; English for what it has no word for.

    The English sentence is the key. With `plural` and `count` the form that fits the number is taken; `count` is then
    at hand in the text as `%(count)s`.
    Errors: DefinitionError for a catalogue that cannot be read.
    """
    singular, plurals, form = _catalogue(language)

    def translate(message: str, plural: str = "", count: int = 1, **values: object) -> str:
        if plural:
            forms = plurals.get(message, ())
            chosen = form(count)
            text = forms[chosen] if chosen < len(forms) and forms[chosen] else (message if count == 1 else plural)
            return text % {"count": count, **values}
        text = singular.get(message, message)
        return text % values if values else text

    return translate


def _catalogue(language: str) -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]], Callable[[int], int]]:
    from babel.messages.plurals import get_plural
    from babel.messages.pofile import PoFileError, read_po

    singular: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for path in sorted((resources.folder("templates") / "locale" / language).glob("*.po")):
        try:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise DefinitionError(f"templates/locale/{language}/{path.name}: {error}.") from None
        for message in catalogue:
            if isinstance(message.id, (tuple, list)):
                plurals[message.id[0]] = tuple(message.string or ())
            elif message.id and message.string:
                singular[message.id] = str(message.string)
    expression = get_plural(language).plural_expr

    def form(count: int) -> int:
        from gettext import c2py

        return int(c2py(expression)(count))

    return singular, plurals, form


def day_in_words(day: date, language: str) -> str:
    """A day in words: 31 December 2025, 1er janvier 2025, 1º gennaio 2025."""
    from babel.dates import format_date

    words = str(format_date(day, "long", locale=LOCALES.get(language, language)))
    return words.replace("1", _FIRST_OF_MONTH[language], 1) if day.day == 1 and language in _FIRST_OF_MONTH else words


def several_paragraphs(reference: str) -> bool:
    """Whether a reference names more than one paragraph: `39-40` does, `39(a)-(b)` does not."""
    return len(set(_PARAGRAPH.findall(reference))) > 1
