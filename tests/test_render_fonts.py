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
    assert set(LETTERS + SIGNS) - characters(font) == set()


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_all_that_our_labels_and_words_are_written_with_is_there(font: Path) -> None:
    used: dict[str, str] = {}
    for folder, endings in (("schemas", ("*.yaml", "*.csv")), ("templates", ("*.po", "*.j2"))):
        for ending in endings:
            for file in sorted(resources.folder(folder).rglob(ending)):
                if file.name == "languages.yaml":  # what a workbook may answer with, which no report repeats
                    continue
                shown = re.sub(r"^\s*#.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)  # not comments
                for character in set(shown):
                    used.setdefault(character, file.name)
    missing = {character: file for character, file in used.items() if character.isprintable()}
    for character in characters(font):
        missing.pop(character, None)
    assert missing == {}


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_digits_can_stand_under_each_other(font: Path) -> None:
    features = {record.FeatureTag for record in TTFont(font)["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in features


def test_three_weights_and_no_more_than_they_may_weigh() -> None:
    assert [font.stem for font in FONTS] == ["Inter-Regular", "Inter-SemiBold", "InterDisplay-Medium"]
    assert max(font.stat().st_size for font in FONTS) <= 35_000
    assert (FONTS[0].parent / "OFL.txt").is_file()
