"""The bundled typeface: every character our labels, units and words use is in it, and it stays small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from esgreport import resources

FONTS = sorted((resources.folder("templates") / "fonts").glob("*.woff2"))
LETTERS = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇň"
    "ŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽžȘșȚțẞ"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΆΈΉΊΌΎΏ"
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяіїєґ"
)
SIGNS = "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹–—−‑‐…‘’‚“”„‹›«»→←↑↓≤≥≈≠×÷±·•‰%€£°µΩ§¶†‡№™✓●▲▼\u00a0\u202f\u2009"


def characters(font: Path) -> set[str]:
    return {chr(code) for code in TTFont(font).getBestCmap()}


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_the_letters_of_the_union_and_the_signs_of_units_are_there(font: Path) -> None:
    lent = "●" if "Serif" in font.stem else ""  # Inter stands behind the serif
    assert set(LETTERS + SIGNS) - set(lent) - characters(font) == set()


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_all_that_our_labels_and_words_are_written_with_is_there(font: Path) -> None:
    used: dict[str, str] = {}
    for folder, endings in (("schemas", ("*.yaml", "*.csv")), ("templates", ("*.po", "*.j2"))):
        for ending in endings:
            for file in sorted(resources.folder(folder).rglob(ending)):
                if file.name == "languages.yaml" or "lexicon" in file.parts:  # what is read, and no report repeats
                    continue
                shown = re.sub(r"^\s*#.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)  # not comments
                for character in set(shown):
                    used.setdefault(character, file.name)
    missing = {character: file for character, file in used.items() if character.isprintable()}
    inter = FONTS[0]
    assert inter.stem == "Inter-Regular"
    for character in characters(font) | (characters(inter) if "Serif" in font.stem else set()):
        missing.pop(character, None)
    assert missing == {}


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_digits_can_stand_under_each_other(font: Path) -> None:
    opened = TTFont(font)
    features = {record.FeatureTag for record in opened["GSUB"].table.FeatureList.FeatureRecord}
    advances = {opened["hmtx"][opened.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert "tnum" in features or len(advances) == 1


def test_six_typefaces_and_no_more_than_they_may_weigh() -> None:
    inter = ["Inter-Regular", "Inter-SemiBold", "InterDisplay-Medium"]
    serif = ["ReportSerif-Regular", "ReportSerif-SemiBold", "ReportSerifDisplay-SemiBold"]
    assert [font.stem for font in FONTS] == [*inter, *serif]
    assert max(font.stat().st_size for font in FONTS) <= 45_000
    assert all((FONTS[0].parent / name).is_file() for name in ("OFL.txt", "OFL-serif.txt"))


def test_a_typeface_changed_by_us_does_not_bear_the_name_its_makers_reserve() -> None:
    for font in FONTS:
        names = {str(record) for record in TTFont(font)["name"].names if record.nameID in (1, 3, 4, 6, 16)}
        assert not any("Source" in name for name in names)
