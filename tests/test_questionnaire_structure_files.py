"""Files around the layouts: corrections a person gives, what is odd, text files, official templates, hostile input."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from questionnaire_books import write_book
from questionnaire_fixtures import ALL
from questionnaire_scores import cell_of, compared

from esgreport.definitions import kept_layouts, load
from esgreport.definitions.corrections import layout_text, load_layout
from esgreport.errors import DefinitionError, WorkbookError
from esgreport.questionnaire import Question, Questionnaire
from esgreport.read import read_questionnaire

DEFINITIONS = load()
OFFICIAL = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme"


def reading(text: str, folder: Path, layout: str = "") -> Questionnaire:
    """The questionnaire a small text describes, read as it is found or by a layout file."""
    path = folder / "form.xlsx"
    write_book(text, path)
    if not layout:
        return read_questionnaire(path, "form.xlsx", DEFINITIONS)
    (folder / "layout.yaml").write_text(layout, encoding="utf-8")
    return read_questionnaire(path, "form.xlsx", DEFINITIONS, load_layout(folder / "layout.yaml"))


def answers(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    return [(question.source.cell, cell_of(question.answer)) for question in questionnaire.questions]


def findings(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    return [(found.code, f"{found.source.sheet}!{found.source.cell}") for found in questionnaire.lint]


# ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────

ODD = """
@sheet Odd
Vendor check
.
Topic one | Is there a policy? | x | y
Topic two | Is there a target? | x | y
"""


def test_a_layout_file_decides_where_answers_go(tmp_path: Path) -> None:
    layout = "sheets:\n  - {sheet: Odd, kind: table, first_row: 3, columns: {question: B, answer: F, comment: G}}\n"
    found = reading(ODD, tmp_path, layout)
    assert answers(found) == [("B3", "F3"), ("B4", "F4")]
    assert [cell_of(question.comment) for question in found.questions] == ["G3", "G4"]
    assert found.layout[0].why == "as corrected"


def test_rows_a_layout_file_skips_ask_nothing(tmp_path: Path) -> None:
    layout = "sheets:\n  - {sheet: Odd, first_row: 3, skip_rows: [4], columns: {question: B, answer: F}}\n"
    assert answers(reading(ODD, tmp_path, layout)) == [("B3", "F3")]


def test_a_sheet_that_is_laid_out_as_none_asks_nothing(tmp_path: Path) -> None:
    assert reading(ALL["U18 one sheet per topic, heads in row 5, title and note above"], tmp_path).questions
    layout = "sheets:\n  - {sheet: Social, kind: none}\n"
    found = reading(ALL["U18 one sheet per topic, heads in row 5, title and note above"], tmp_path, layout)
    assert {question.source.sheet for question in found.questions} == {"Environment"}


@pytest.mark.parametrize("name", ALL)
def test_the_layout_that_is_shown_reads_back_to_the_same_answers(name: str, tmp_path: Path) -> None:
    found = reading(ALL[name], tmp_path)
    again = reading(ALL[name], tmp_path, layout_text(found.layout, found.form))
    assert answers(again) == answers(found)
    assert again.form == found.form


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "sheets:\n  - {sheet: Odd, kind: table}\n",
            "layout.yaml:2: sheet 'Odd' is a table without a column of questions",
        ),
        ("sheets:\n  - sheet: Odd\n    colums: {question: B}\n", "layout.yaml:3: unknown key 'colums'"),
        ("sheets:\n  - sheet: Odd\n    columns: {question: 7a}\n", "layout.yaml:3: "),
        ("sheets:\n  - sheet: Odd\n    columns: {question: B, answr: C}\n", "layout.yaml:3: "),
        ("sheets: [\n", "layout.yaml:2: "),
    ],
)
def test_a_layout_file_that_is_wrong_is_refused_with_file_and_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "layout.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_layout(path)
    assert said in refused.value.message


def test_a_layout_of_a_sheet_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="Did you mean 'Odd'"):
        reading(ODD, tmp_path, "sheets:\n  - {sheet: Od, columns: {question: B, answer: F}}\n")


def test_a_layout_is_remembered_for_its_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = reading(ODD, tmp_path)
    layout = tmp_path / "layout.yaml"
    layout.write_text("sheets:\n  - {sheet: Odd, first_row: 3, columns: {question: B, answer: F}}\n", encoding="utf-8")
    kept_layouts.remember_layout(found.form, layout)
    again = reading(ODD, tmp_path)
    assert answers(again) == [("B3", "F3"), ("B4", "F4")]
    assert again.form == found.form


def test_a_filled_in_form_is_the_same_form(tmp_path: Path) -> None:
    text = "@sheet Q / frame\n#Question | #Answer\nDo you train your staff? | {}\nHow many sites do you have? | {}\n"
    empty, filled = reading(text.format("_", "_"), tmp_path), reading(text.format("Yes", "12"), tmp_path)
    assert empty.form == filled.form
    assert [question.why_not for question in filled.questions] == ["filled", "filled"]


# ── what is odd ──────────────────────────────────────────────────────────────────────────────────────────────

DOUBLETS = """
@sheet A / frame
#Question | #Answer
How many people do you employ in total? | _
How many people do you employ in total? | _
"""
IMPOSSIBLE = """
@sheet A / frame
#Question | #Answer
Which class is your building in? | _ {list:=$K$1:$K$3}
Which certificate do you hold? | _ {list:=INDIRECT($A$1)}
"""


DEADLINES = """
@sheet Start
Please return by 30 June 2026.
@sheet A / frame
Deadline: 15.07.2026
#Question | #Answer
How many people do you employ in total? | _
When will your targets be reached, by 31.12.2030 at the latest? | _
"""
SAME_DAY = DEADLINES.replace("15.07.2026", "2026-06-30 (June 30, 2026)")
WORDS_IN_NUMBERS = """
@sheet A / frame
#Question | #Answer
Please describe your climate policy. | _ {num}
How many people do you employ in total? | _ {num}
"""
BACKWARDS = "@sheet A / frame\n#Question | #Answer\nShare of women (%) | _ {between:100;0}"
HIDDEN_ANSWER = """
@sheet A / frame
#Question | #Answer
How many people do you employ in total? | _
Is there a policy on water? | _
@sheet Last year / hidden
Question | Answer
How many people do you employ in total? | 120
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DEADLINES, [("QST-12", "A!A1")]),
        (SAME_DAY, []),
        (WORDS_IN_NUMBERS, [("QST-13", "A!B2")]),
        (BACKWARDS, [("QST-03", "A!B2")]),
        (HIDDEN_ANSWER, [("QST-04", "Last year!A2")]),
        (ALL["L14 instructions that contradict each other"], [("QST-01", "Fragebogen!A1")]),
        (DOUBLETS, [("QST-02", "A!A3")]),
        (IMPOSSIBLE, [("QST-03", "A!B2"), ("QST-08", "A!B3")]),
        (ALL["L09 hidden sheet with old answers"], [("QST-04", "Company PPP reporting!A2")]),
        (ALL["L06 no column for answers"], [("QST-05", "Requirements!B2")]),
        (
            ALL["L10 filled, locked and not applicable rows, formulas"],
            [("QST-06", "Data!D6"), ("QST-07", "Data!D4"), ("QST-09", "Data!D5")],
        ),
        (ALL["F13 boxes drawn in the answer cell"], [("QST-10", "Fragebogen!C2")]),
        (ALL["F11 hidden columns with weights and an old answer"], [("QST-11", "ESG!C1")]),
        (ALL["L08 drop-downs of every making"], []),
        (ALL["F21 options in one cell, separated by slashes"], []),
    ],
)
def test_what_is_odd_about_a_questionnaire_is_said_with_its_cell(
    text: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert findings(reading(text, tmp_path)) == expected


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_findings_about_a_questionnaire_come_in_every_language(language: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_book(ALL["L14 instructions that contradict each other"], path)
    found = read_questionnaire(path, "form.xlsx", DEFINITIONS, language=language).lint
    assert "D" in found[0].message and "C" in found[0].message
    assert len(
        {read_questionnaire(path, "f", DEFINITIONS, language=each).lint[0].title for each in ("en", language)}
    ) == (1 if language == "en" else 2)


# ── text files, other files ──────────────────────────────────────────────────────────────────────────────────


def test_a_text_file_in_the_encoding_of_windows_is_read_to_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "fragen.csv"
    rows = [
        "Nr;Frage;Maßeinheit;Antwort",
        "1;Wie hoch ist der Energieverbrauch für Wärme?;MWh;",
        "2;Gibt es eine Umweltpolitik?;;",
    ]
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    found = read_questionnaire(path, "fragen.csv", DEFINITIONS)
    assert [
        (question.text, cell_of(question.answer), question.unit, question.kind) for question in found.questions
    ] == [
        ("Wie hoch ist der Energieverbrauch für Wärme?", "D2", "MWh", "number"),
        ("Gibt es eine Umweltpolitik?", "D3", "", "boolean"),
    ]
    assert {question.language for question in found.questions} == {"de"}


def test_a_macro_workbook_is_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsm"
    truths = write_book(ALL["L08 drop-downs of every making"], path)
    assert compared(read_questionnaire(path, "form.xlsm", DEFINITIONS), truths).faults == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "without a password"),
        (b"%PDF-1.7 something, with commas, in it", "PDF"),
        (b"no columns here", "text file"),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_what_to_do(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xls"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as refused:
        read_questionnaire(path, "form.xls", DEFINITIONS)
    assert said in refused.value.message
    assert "\n" not in refused.value.message


# ── identifiers, grids, what is never there ──────────────────────────────────────────────────────────────────


def test_identifiers_are_unique_and_the_customers_own_where_those_are(tmp_path: Path) -> None:
    for name in ALL:
        questions = reading(ALL[name], tmp_path).questions
        assert len({question.id for question in questions}) == len(questions), name
    restarted = reading(ALL["L05 question column without a head, numbers restart"], tmp_path).questions
    assert [question.id for question in restarted][:2] == ["Vendor Qs!B5", "Vendor Qs!B6"]
    own = reading(ALL["L11 columns that only the customer fills in"], tmp_path).questions
    assert [question.id for question in own] == ["E1", "E2", "S1", "S2"]


def test_nothing_of_a_hidden_sheet_row_or_column_is_in_a_questionnaire(tmp_path: Path) -> None:
    text = """
@sheet Shown / frame
@hide C
@hiderow 3
#Question | #Answer | #Secret column
Do you train your staff? | _ | secret
Is there a secret question? | _ | secret
How many sites do you have? | _ | secret
@sheet Secret / hidden frame
#Question | #Answer
Is there a secret question? | secret
"""
    found = reading(text, tmp_path)
    said = repr((found.layout, found.questions)).casefold()
    assert "secret" not in said
    assert answers(found) == [("A2", "B2"), ("A4", "B4")]


# ── what hangs together ──────────────────────────────────────────────────────────────────────────────────────

TREE = """
@sheet Q / frame
#No. | #Question | #Unit | #Answer | #Comment
1 | Do you have an environmental policy? | . | _ {list:Yes;No} | _
1a | Please name the person in charge. | . | _ | _
2 | Total energy consumption in 2024 | MWh | _ | _
. | of which renewable | MWh | _ | _
3 | Are you certified to ISO 14001:2015? | . | _ {list:Yes;No} | _
. | If yes, since when? | . | _ | _
4 | How many sites do you have? | . | _ | _
@note B8 All sites of the group, also rented ones.
"""


def test_a_follow_up_hangs_on_the_question_before_it(tmp_path: Path) -> None:
    found = reading(TREE, tmp_path)
    assert [(question.source.cell, question.parent) for question in found.questions] == [
        ("B2", ""),
        ("B3", "1"),
        ("B4", ""),
        ("B5", "2"),
        ("B6", ""),
        ("B7", "3"),
        ("B8", ""),
    ]


def test_the_year_asked_for_is_read_from_the_question_but_not_from_a_standards_name(tmp_path: Path) -> None:
    found = reading(TREE, tmp_path)
    assert [question.year for question in found.questions] == [None, None, 2024, None, None, None, None]


def test_notes_on_cells_are_guidance(tmp_path: Path) -> None:
    assert reading(TREE, tmp_path).questions[-1].guidance == "All sites of the group, also rented ones."


def test_a_sentence_below_a_question_is_its_guidance(tmp_path: Path) -> None:
    found = reading(ALL["Z01 questions and answers with a helper row in italics under each question"], tmp_path)
    assert [question.guidance for question in found.questions] == [
        "A target approved by the board counts.",
        "Include guarantees of origin.",
        "Physical and transition risks.",
    ]


def test_options_are_marked_as_the_head_says(tmp_path: Path) -> None:
    found = reading(ALL["L01 options below the question, marks in a column of their own"], tmp_path)
    assert [option.writes for option in found.questions[0].options] == ["yes"] * 4
    plain = reading(ALL["V05 questions and options in two columns, options below each other, no heads"], tmp_path)
    assert [option.writes for option in plain.questions[0].options] == ["x"] * 4


def test_several_options_may_be_picked_where_each_has_a_mark_below_the_others(tmp_path: Path) -> None:
    found = reading(ALL["L01 options below the question, marks in a column of their own"], tmp_path)
    assert [question.several for question in found.questions] == [True, True, False]
    scale = reading(ALL["F09 Likert scale from 1 to 5"], tmp_path)
    assert not any(question.several for question in scale.questions)
    boxes = reading(ALL["L02 merged block with check-boxes linked to cells"], tmp_path)
    assert [option.writes for option in boxes.questions[0].options] == [True, True, True]


# ── official templates, time ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["VSME-Digital-Template-1.3.0.xlsx", "VSME-Digital-Template-Sample-1.2.0.xlsx"])
def test_official_templates_are_read_without_harm(name: str) -> None:
    path = OFFICIAL / name
    if not path.is_file():
        pytest.skip("../shared/data/vsme is not beside the checkout")
    start = time.process_time()
    found = read_questionnaire(path, name, DEFINITIONS)
    assert time.process_time() - start < 4
    assert len(found.questions) > 100
    written: list[Question] = [question for question in found.questions if question.writable and question.answer]
    assert not [question for question in written if question.answer and question.answer.locked]


def test_two_hundred_questions_are_read_in_half_a_second(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{number} | How many tonnes of waste of class {number} did you have? | t | _ {{num}} | _"
        for number in range(200)
    )
    text = f"@sheet Long / frame\n#No. | #Question | #Unit | #Answer | #Comment\n{rows}"
    reading(text, tmp_path)
    start = time.process_time()
    found = read_questionnaire(tmp_path / "form.xlsx", "form.xlsx", DEFINITIONS)
    assert time.process_time() - start < 0.5
    assert len(found.questions) == 200
