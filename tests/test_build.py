"""Whatever goes wrong: one clear line, exit code not zero, and the last build still in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from azpak import pdf
from azpak.build import book
from azpak.build.book import Place


@pytest.fixture
def site(tmp_path: Path, monkeypatch) -> Path:
    """A published site of an earlier build, and building steps that can be told to fail."""
    last = tmp_path / "html"
    last.mkdir()
    (last / "index.html").write_text("last good pages")
    (last / book.PDF_NAME).write_text("last good PDF")
    monkeypatch.setattr(book, "check_data", lambda where: None)
    monkeypatch.setattr(book, "build_pages", stage_new_pages)
    monkeypatch.setattr(book, "build_pdf", write_new_pdf)
    return last


def place(site: Path) -> Place:
    """Return where the tests build: beside the site, and from no checkout."""
    return Place(site.parent, site.parent)


def stage_new_pages(where: Place) -> None:
    new = where.staging / "html"
    new.mkdir(parents=True)
    (new / "index.html").write_text("new pages")


def write_new_pdf(where: Place, folder: Path) -> None:
    (folder / book.PDF_NAME).write_text("new PDF")


def raising(error: BaseException):
    def step(*_):
        raise error

    return step


def contents(site: Path) -> tuple[str, str]:
    return (site / "index.html").read_text(), (site / book.PDF_NAME).read_text()


def test_a_good_build_takes_the_place_of_the_last_one(site):
    assert book.main(["html", "pdf"], place(site)) == 0
    assert contents(site) == ("new pages", "new PDF")
    assert not place(site).staging.exists()
    assert not place(site).previous.exists()


def test_a_second_build_in_the_same_folder_is_refused_in_one_line(site, capsys):
    with book.alone(place(site)):
        assert book.main(["html"], place(site)) == 1
    assert contents(site) == ("last good pages", "last good PDF")
    assert capsys.readouterr().err.strip().count("\n") == 0
    assert book.main(["html"], place(site)) == 0


@pytest.mark.parametrize("step", ["check_data", "build_pages"])
def test_a_step_that_fails_leaves_the_last_build_and_says_so_in_one_line(
    site, monkeypatch, capsys, step
):
    monkeypatch.setattr(book, step, raising(book.BuildError("chapter x raised")))
    assert book.main(["html", "pdf"], place(site)) == 1
    assert contents(site) == ("last good pages", "last good PDF")
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("No new pages: chapter x raised")
    assert str(site) in said


def test_a_part_that_is_none_is_refused_and_the_last_build_stays(site, capsys):
    assert book.main(["hmtl"], place(site)) == 2
    assert contents(site) == ("last good pages", "last good PDF")
    assert "No such part of the book: hmtl. There are html and pdf" in capsys.readouterr().err


def test_an_interrupted_build_leaves_the_last_build(site, monkeypatch, capsys):
    monkeypatch.setattr(book, "build_pages", raising(KeyboardInterrupt()))
    assert book.main(["html", "pdf"], place(site)) == 1
    assert contents(site) == ("last good pages", "last good PDF")
    assert "interrupted" in capsys.readouterr().err


def test_without_new_pdfs_the_pages_are_published_and_keep_the_last_ones(site, monkeypatch, capsys):
    (site / "chapters").mkdir()
    for name in ("kept", "gone"):
        (site / "chapters" / f"{name}.pdf").write_text("last good chapter")
    build_pages = book.build_pages

    def with_a_chapter(where):
        build_pages(where)
        chapters = where.staging / "html" / "chapters"
        chapters.mkdir()
        (chapters / "kept.html").write_text("<!--pdf--><!--/pdf-->")

    monkeypatch.setattr(book, "build_pages", with_a_chapter)
    monkeypatch.setattr(book, "build_pdf", raising(book.BuildError("no font has it")))
    assert book.main(["html", "pdf"], place(site)) == 1
    assert contents(site) == ("new pages", "last good PDF")
    assert [path.name for path in (site / "chapters").glob("*.pdf")] == ["kept.pdf"]
    page = (site / "chapters" / "kept.html").read_text()
    assert 'href="kept.pdf"' in page and 'href="../report.pdf"' in page
    said = capsys.readouterr().err
    assert "No new PDF: no font has it" in said
    assert "are of the earlier build" in said


def test_a_swap_that_was_cut_off_is_mended_before_the_next_build(site):
    site.rename(place(site).previous)
    book.recover(place(site))
    assert contents(site) == ("last good pages", "last good PDF")


def test_a_pdf_without_pages_says_what_to_run_first(tmp_path):
    with pytest.raises(book.BuildError, match="run 'make book'"):
        book.build_pdf(Place(tmp_path, tmp_path), tmp_path)


@pytest.fixture
def printed(tmp_path, monkeypatch) -> list[Path]:
    """The sites that PDFs were set from; each has a page, and a PDF of an earlier build."""
    monkeypatch.undo()
    where, sets = Place(tmp_path, tmp_path / "_build"), []
    where.site.mkdir(parents=True)
    (where.site / "index.html").write_text(
        "a page <!--pdf--><!--/pdf--> of two places <!--pdf--><!--/pdf-->"
    )

    def write_all(site):
        sets.append(site)
        (site / book.PDF_NAME).write_text("PDF")
        pdf.offer(site)
        return [site / book.PDF_NAME]

    monkeypatch.setattr(pdf, "write_all", write_all)
    book.build_pdf(where, where.site)
    return sets


def test_pdfs_are_not_set_again_where_pages_are_the_same(printed, tmp_path):
    where = Place(tmp_path, tmp_path / "_build")
    book.build_pdf(where, where.site)
    assert "report.pdf" in (where.site / "index.html").read_text()
    new = where.staging / "html"
    new.mkdir(parents=True)
    (new / "index.html").write_text(
        "a page <!--pdf--><!--/pdf--> of two places <!--pdf--><!--/pdf-->"
    )
    book.build_pdf(where, new)  # the same page, made again
    assert (new / book.PDF_NAME).read_text() == "PDF"
    assert "report.pdf" in (new / "index.html").read_text()
    assert len(printed) == 1


@pytest.mark.parametrize("what", ["page", "PDF", "style"])
def test_pdfs_are_set_again_where_anything_changed(printed, tmp_path, what):
    where = Place(tmp_path, tmp_path / "_build")
    if what == "page":
        (where.site / "index.html").write_text("another page")
    elif what == "PDF":
        (where.site / book.PDF_NAME).unlink()
    else:
        (tmp_path / "_static").mkdir()
        (tmp_path / "_static" / "a.css").write_text("b {}")
    book.build_pdf(where, where.site)
    assert len(printed) == 2


def test_the_gate_looks_once_at_the_same_data(tmp_path, monkeypatch, capsys):
    where, ran = Place(tmp_path, tmp_path / "_build"), []
    where.build.mkdir()
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(book, "run", lambda *_: ran.append("gate"))
    for _ in range(2):
        book.check_data(where)
    assert len(ran) == 1 and "nothing has changed" in capsys.readouterr().err
    (tmp_path / "data" / "events.csv").write_text("event_id")
    book.check_data(where)
    assert len(ran) == 2


@pytest.mark.parametrize(("asked", "given"), [("7", "7"), (None, "0")])
def test_an_order_of_sets_that_is_asked_for_stands(tmp_path, monkeypatch, asked, given):
    """By it the gate builds the book a second time in another order."""
    where, variables = Place(tmp_path, tmp_path / "_build"), {}

    def run(command, otherwise, asked_for, **_):
        variables.update(asked_for)
        (where.work / "_build" / "html").mkdir(parents=True)

    monkeypatch.setattr(book, "run", run)
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    if asked:
        monkeypatch.setenv("PYTHONHASHSEED", asked)
    book.build_pages(where)
    assert variables["PYTHONHASHSEED"] == given
