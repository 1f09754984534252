"""The brand: closed, its colours readable, its pictures and typefaces safe, its report whole in every theme."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from lxml import html as lxml_html
from PIL import Image
from render_document import draft_document, sample_document

from esgreport import resources
from esgreport.cli import main
from esgreport.definitions.brand import load_brand
from esgreport.errors import DefinitionError, RenderError
from esgreport.render.design import branded_design, plain_design, restyled
from esgreport.render.html import render_html
from esgreport.render.lettering import lettered_in, width
from esgreport.render.palette import completed, on_cover, pairs, passing, too_weak
from esgreport.render.pdf import render_pdf
from esgreport.render.tokens import contrast, own_tokens

THEMES = ("plain", "editorial")
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><rect width="200" height="50" fill="#FFCC00"/></svg>'
)


def brand(folder: Path, text: str, **files: str | bytes) -> Path:
    """A brand's file with the files beside it; `logo_svg` makes logo.svg."""
    for name, content in files.items():
        place = folder / name.replace("_", ".")
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    path = folder / "brand.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(DefinitionError) as error:
        branded_design(load_brand(path))
    return error.value.message.replace(str(path.parent) + "/", "")


def photo(form: str = "JPEG", size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#806040").save(out, form, **options)
    return out.getvalue()


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_brand_that_is_written_to_fill_in_changes_nothing() -> None:
    made = branded_design(load_brand(resources.folder("templates") / "brand.toml"))
    assert [name for name, _ in made.digests] == ["brand.toml"]
    assert replace(made, digests=()) == plain_design()


def test_every_line_that_is_offered_can_be_taken(tmp_path: Path) -> None:
    offered = (resources.folder("templates") / "brand.toml").read_text(encoding="utf-8")
    taken = re.sub(r"^# ([a-z-]+ = )", r"\1", offered, flags=re.MULTILINE)
    font = (resources.folder("templates") / "fonts" / "Inter-Regular.woff2").read_bytes()
    names = ("OurSans-Regular.woff2", "OurSans-Bold.woff2", "OurSlab-Medium.woff2")
    for name in names:
        (tmp_path / name).write_bytes(font)
    made = branded_design(load_brand(brand(tmp_path, taken, logo_svg=LOGO, hall_jpg=photo())))
    assert (made.name, made.photo, made.logo is not None) == ("Muster Maschinenbau AG", True, True)
    assert made.tokens.light["cover"] == "#2B1216"
    assert made.remarks == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nmae = 'x'", "brand.toml:1: unknown key 'nmae'. Did you mean 'name'?"),
        (
            "\n[colours]\nenviroment = '#123456'",
            "brand.toml:3: unknown key 'colours.enviroment'. Did you mean 'environment'?",
        ),
        ("[colours]\n\nmain = 'red'", "brand.toml:3: colours.main is 'red', not a colour like '#17694A'."),
        ("theme = 'loud'", "brand.toml:1: theme is 'loud', not one of 'plain' or 'editorial'."),
        ("name = 'x'\nfooter = ", "brand.toml:2: Invalid value. The file is written in TOML."),
        ("\nlogo = 'none.png'", "brand.toml:2: none.png cannot be read (No such file or directory)."),
        (
            "logo = '../secret.png'",
            "brand.toml:1: ../secret.png lies outside the brand's folder. Put it beside brand.toml.",
        ),
        (
            "logo = '/etc/passwd'",
            "brand.toml:1: /etc/passwd lies outside the brand's folder. Put it beside brand.toml.",
        ),
    ],
)
def test_what_is_wrong_in_a_brand_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert refused(brand(tmp_path, text)) == said


# ── colours ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_colours_of_a_theme_can_be_read(theme: str) -> None:
    weak = [(pair, round(found, 2)) for pair, _, _, found in too_weak(plain_design(theme).tokens)]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_columns_on_the_cover_can_be_told_from_it_and_written_on(theme: str) -> None:
    colours = plain_design(theme).tokens
    for section in ("general", "environment", "social", "governance", "customers"):
        assert contrast(on_cover(colours, section), colours.light["cover"]) >= 4.5


@pytest.mark.parametrize("main", ["#7A1F2B", "#003399", "#00522F", "#000000", "#5B2D82", "#A8200D", "#2B2B2B"])
def test_one_colour_makes_a_palette_whose_every_pair_can_be_read(main: str) -> None:
    made = completed({"main": main}, {}, own_tokens())
    assert [pair for pair, *_ in too_weak(made)] == []
    assert (made.light["cover"], made.light["frame"]) == (main, main)


def test_every_colour_a_pair_names_is_a_token() -> None:
    names = {name for pair in pairs() for name in (pair.front, pair.back)}
    assert names - own_tokens().light.keys() == set()


def test_a_pair_too_weak_is_named_with_its_contrast_and_the_nearest_colour_that_passes(tmp_path: Path) -> None:
    said = refused(brand(tmp_path, "[colours]\nink-2 = '#AAAAAA'"))
    assert said.startswith("brand.toml:2: ink-2 #AAAAAA on paper #FFFFFF (light) has a contrast of 2.32, and needs 4.5")
    nearest = re.search(r"The nearest ink-2 that has it is (#[0-9A-F]{6})\.", said)
    assert nearest
    assert 4.5 <= contrast(nearest[1], "#FFFFFF") < 4.7


def test_the_colour_that_is_offered_in_place_of_a_weak_one_is_taken(tmp_path: Path) -> None:
    for key, colour in (("main", "#FFCC00"), ("environment", "#7FD08A"), ("cover-ink", "#334455")):
        said = refused(brand(tmp_path, f"[colours]\n{key} = '{colour}'"))
        offered = re.findall(r"#[0-9A-F]{6}", said)[-1]
        branded_design(load_brand(brand(tmp_path, f"[colours]\n{key} = '{offered}'")))


def test_a_colour_that_passes_is_left_as_it_is() -> None:
    assert passing("#17694A", "#FFFFFF", 4.5) == "#17694A"


def test_charts_and_styles_have_the_brands_colours(tmp_path: Path) -> None:
    made = branded_design(load_brand(brand(tmp_path, "[colours]\nenvironment = '#1A5276'")))
    page = render_html(sample_document(), made)
    bars = re.findall(r'<rect class="c-actual"[^>]*fill="(#[0-9A-F]{6})"', page)
    assert "#1A5276" in bars
    assert "#17694A" not in bars
    assert "--environment:#1A5276;" in page
    assert "#1A5276" not in render_html(sample_document())


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (LOGO.replace("<rect", "<script>alert(1)</script><rect"), "has <script>"),
        (LOGO.replace("<rect", '<rect onload="x()"'), "has a handler (onload)"),
        (LOGO.replace("<rect", '<image href="http://x/y.png"/><rect'), "has <image>"),
        (LOGO.replace("#FFCC00", "url(http://x/y)"), "has an address outside itself"),
        (LOGO.replace("<rect", '<use href="other.svg#a"/><rect'), "has a link to another file"),
        ('<!DOCTYPE svg [<!ENTITY a "aa">]>' + LOGO, "declares a document type"),
        ("<html/>", "is no SVG"),
        ("<svg", "is no SVG that can be read"),
        (LOGO.replace(' viewBox="0 0 200 50"', ""), "does not say its size"),
    ],
)
def test_a_drawing_that_asks_for_more_than_to_be_drawn_is_refused(tmp_path: Path, drawing: str, said: str) -> None:
    assert said in refused(brand(tmp_path, "logo = 'logo.svg'", logo_svg=drawing))


def test_styles_of_a_drawing_become_attributes_and_what_its_program_left_is_dropped(tmp_path: Path) -> None:
    from esgreport.render.drawings import cleaned_svg

    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/" width="10mm" height="5mm">'
        "<style>.st0{fill:#fff;stroke:none}</style><metadata>author</metadata><i:grid/>"
        '<rect class="st0" width="3" height="3" i:label="secret"/><path style="fill:#00f;-i-x:1" d="M0 0L1 1"/></svg>'
    )
    clean, ratio = cleaned_svg(drawing.encode(), "brand.toml:1", "logo.svg")
    assert ratio == 2
    assert b'fill="#fff"' in clean and b'fill="#00f"' in clean
    assert not re.search(rb"author|secret|style|inkscape|grid", clean)


def test_a_photo_tells_nothing_of_where_it_was_taken(tmp_path: Path) -> None:
    import base64

    told = Image.Exif()
    told[0x010E] = "the boss at home"
    path = brand(tmp_path, "logo = 'logo.jpg'", logo_jpg=photo(exif=told, comment=b"secret"))
    logo = branded_design(load_brand(path)).logo
    assert logo is not None
    assert logo.ratio == 1.5
    content = base64.b64decode(logo.address.partition(",")[2])
    assert b"boss" not in content and b"secret" not in content and b"Exif" not in content


def test_a_file_that_is_no_picture_or_is_a_bomb_is_refused(tmp_path: Path) -> None:
    assert "is no picture that can be read" in refused(brand(tmp_path, "logo = 'logo.png'", logo_png=b"GIF89a..."))
    bomb = photo("PNG", (9000, 9000))
    assert "has 9000 × 9000 pixels" in refused(brand(tmp_path, "logo = 'logo.png'", logo_png=bomb))
    heavy = b"\x89PNG" + b"0" * 4_000_001
    assert "more than 4 MB" in refused(brand(tmp_path, "logo = 'logo.png'", logo_png=heavy))


# ── typefaces ────────────────────────────────────────────────────────────────────────────────────────────────


def typeface_without(letters: str, rights: int = 0) -> bytes:
    font = TTFont(resources.folder("templates") / "fonts" / "Inter-Regular.woff2")
    font["OS/2"].fsType = rights
    for table in font["cmap"].tables:
        for letter in letters:
            table.cmap.pop(ord(letter), None)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def test_letters_a_typeface_lacks_are_told_and_shown_in_ours(tmp_path: Path) -> None:
    made = branded_design(load_brand(brand(tmp_path, "[fonts]\ntext = 'a.woff2'", a_woff2=typeface_without("łŁč"))))
    assert [remark.partition(": ")[2] for remark in made.remarks] == [
        "a.woff2 lacks 3 letters of Europe's languages (č Ł ł): Inter has them."
    ]
    assert ':root{--text:"Brand","Inter",sans-serif}' in made.style


def typeface_half_as_wide() -> bytes:
    font = TTFont(resources.folder("templates") / "fonts" / "Inter-Regular.woff2")
    for name, (advance, bearing) in dict(font["hmtx"].metrics).items():
        font["hmtx"].metrics[name] = (advance // 2, bearing)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def test_charts_are_lettered_in_the_brands_typeface_and_measured_with_it(tmp_path: Path) -> None:
    made = branded_design(load_brand(brand(tmp_path, "[fonts]\ntext = 'a.woff2'", a_woff2=typeface_half_as_wide())))
    plain, half = width("Energy 12,345 MWh", 100), 0.0
    with lettered_in(made.lettering):
        half = width("Energy 12,345 MWh", 100)
        assert width("Energy", 100, 600) > width("Energy", 100)
        assert width("漢", 100) == pytest.approx(134)
    assert half == pytest.approx(plain / 2, rel=0.03)
    assert width("Energy 12,345 MWh", 100) == plain
    page = lxml_html.fromstring(render_html(sample_document(), made))
    charts = page.xpath("//figure[contains(@class, 'chart')]//svg")
    assert {chart.get("font-family") for chart in charts} == {"Brand, Inter"}
    plainly = lxml_html.fromstring(render_html(sample_document())).xpath("//figure[contains(@class, 'chart')]//svg")
    assert {chart.get("font-family") for chart in plainly} == {"Inter"}


def test_a_bold_typeface_alone_is_that_of_all_letters(tmp_path: Path) -> None:
    made = branded_design(load_brand(brand(tmp_path, "[fonts]\nbold = 'a.woff2'", a_woff2=typeface_half_as_wide())))
    assert made.lettering.regular == made.lettering.semibold
    shown = branded_design(load_brand(brand(tmp_path, "[fonts]\ndisplay = 'a.woff2'", a_woff2=typeface_half_as_wide())))
    assert shown.lettering == plain_design().lettering


def test_a_typeface_whose_rights_forbid_it_is_not_embedded(tmp_path: Path) -> None:
    path = brand(tmp_path, "[fonts]\ndisplay = 'a.woff2'", a_woff2=typeface_without("", rights=2))
    assert "brand.toml:2: a.woff2 does not allow that it is embedded" in refused(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"wOF2" + b"x" * 90, "is broken"),
        (b"%PDF", "is no typeface"),
        (typeface_without("abc"), "lacks letters of the Latin"),
    ],
)
def test_a_typeface_of_no_use_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(brand(tmp_path, "[fonts]\ntext = 'a.woff2'", a_woff2=content))


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_branded_report_is_a_sound_pdf_and_the_same_each_time(tmp_path: Path) -> None:
    lines = ("name = 'Muster AG'", "theme = 'editorial'", "page = 'letter'", "logo = 'logo.svg'")
    text = "\n".join([*lines, "cover-image = 'hall.jpg'", "footer = 'Ours'"])
    made = branded_design(load_brand(brand(tmp_path, text, logo_svg=LOGO, hall_jpg=photo())))
    document = draft_document()
    page = render_html(document, made)
    tree = lxml_html.document_fromstring(page)
    assert tree.find(".//img").get("alt") == "Muster AG"
    assert tree.find(".//footer").text_content().strip() == "Ours"
    assert "figure" not in {element.tag for element in tree.find(".//header[@class='cover']").iter()}
    first = render_pdf(page, document)
    assert first == render_pdf(render_html(document, made), document)


@pytest.mark.parametrize(
    ("theme", "page", "size"),
    [("plain", "a4", (595, 842)), ("plain", "letter", (612, 792)), ("editorial", "letter", (612, 792))],
)
def test_paper_is_as_large_as_asked_for_and_the_cover_is_one_whole_page(
    theme: str, page: str, size: tuple[int, int]
) -> None:
    from pypdf import PdfReader

    document = sample_document()
    reader = PdfReader(BytesIO(render_pdf(render_html(document, plain_design(theme, page)), document)))
    box = reader.pages[1].mediabox
    assert (round(box.width), round(box.height)) == size
    assert {"B1", "B11"} <= set(reader.pages[0].extract_text().split())  # the foot of its picture
    assert "Contents" in reader.pages[1].extract_text()


# ── templates of one's own ───────────────────────────────────────────────────────────────────────────────────


def test_a_style_of_ones_own_comes_last_and_reaches_nowhere(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("h2{letter-spacing:0}\n", encoding="utf-8")
    assert restyled(plain_design(), tmp_path).style.endswith("h2{letter-spacing:0}")
    for bad in ("\n@import 'http://x'", "\np{background:url(http://x)}", "\n</style><script>"):
        (tmp_path / "style.css").write_text(bad, encoding="utf-8")
        with pytest.raises(RenderError, match=r"style\.css:2: .* is not taken"):
            restyled(plain_design(), tmp_path)


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_brand_to_fill_in_is_written_once_and_not_over_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "brand.toml"
    assert CliRunner().invoke(main, ["init", "--brand", str(path)]).exit_code == 0
    assert path.read_bytes() == (resources.folder("templates") / "brand.toml").read_bytes()
    assert CliRunner().invoke(main, ["init", "--brand", str(path)]).exit_code == 2


def test_a_brand_or_a_style_of_no_use_is_said_before_anything_is_read(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"no workbook")
    bad = brand(tmp_path, "\n[colours]\nink-2 = '#BBBBBB'")
    run = CliRunner().invoke(main, ["build", str(book), "--brand", str(bad), "-o", str(tmp_path / "out")])
    assert run.exit_code == 3
    assert f"{bad}:3: ink-2 #BBBBBB on paper #FFFFFF" in run.stderr
    (tmp_path / "style.css").write_text("@import 'x'", encoding="utf-8")
    run = CliRunner().invoke(main, ["build", str(book), "--templates", str(tmp_path), "-o", str(tmp_path / "out")])
    assert run.exit_code == 5
    assert "style.css:1: @import 'x' is not taken" in run.stderr
    assert not (tmp_path / "out").exists()
