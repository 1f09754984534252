"""What people typed is shown as they typed it, with the Markdown they used, and never as markup of ours."""

from __future__ import annotations

import time

import pytest

from esgreport.render.prose import passages


def shown(text: str) -> list[tuple[str, list[str]]]:
    return [(passage.kind, [str(piece) for piece in passage.pieces]) for passage in passages(text)]


def test_paragraphs_and_line_breaks_stay() -> None:
    assert shown("one\ntwo\r\n\r\n \nthree") == [("p", ["one<br>two"]), ("p", ["three"])]


def test_lists_emphasis_and_headings_are_shown() -> None:
    assert shown("# Aims\nWe **reduce** and *reuse*:\n\n- gas\n- waste\n  - scrap") == [
        ("p", ["<strong>Aims</strong>"]),
        ("p", ["We <strong>reduce</strong> and <em>reuse</em>:"]),
        ("ul", ["gas", "waste", "scrap"]),
    ]
    assert shown("1. first\n2. second") == [("ol", ["first", "second"])]


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 = 24",
        "31. December 2025",
        "snake_case_name",
        "5 * 4 and 3 * 2",
        "`code`",
        "A | B",
        "    indented",
        "a > b",
    ],
)
def test_what_only_looks_like_markdown_stays_as_typed(text: str) -> None:
    (passage,) = passages(text)
    assert passage.kind == "p"
    assert passage.pieces[0].unescape() == text.strip()


def test_links_lead_out_and_hold_words_alone() -> None:
    link = '<a class="out" href="https://x.example/a" rel="noopener noreferrer">{}</a>'
    assert shown("see [our **site**](https://x.example/a) or https://x.example/a.") == [
        ("p", [f"see {link.format('our site')} or {link.format('https://x.example/a')}."])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<b>)",
        "![x](https://evil.example/p.png)",
        '<a href="x" onclick="y">z</a>',
        '[x](https://a.example/"onmouseover=alert(1))',
    ],
)
def test_hostile_text_becomes_no_markup(text: str) -> None:
    page = "".join(piece for _, pieces in shown(text) for piece in pieces)
    for sign in ("<script", 'javascript:alert(1)"', "<img", 'onclick="', "<b>", 'onmouseover="'):
        assert sign not in page
    assert page.count("<") == 2 * page.count('<a class="out" href="https://')


def test_a_text_of_signs_alone_is_quick() -> None:
    began = time.process_time()
    for text in ("[" * 20_000, "*a" * 20_000, "- " * 20_000, "[a](" * 5_000, "**" * 10_000):
        assert passages(text)
    assert time.process_time() - began < 2
