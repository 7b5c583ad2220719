"""Whatever goes wrong: one clear line, exit code not zero, and the last build still in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from azpak.build import book
from azpak.build.book import Place


@pytest.fixture
def site(tmp_path: Path, monkeypatch) -> Path:
    """A published site of an earlier build, and building steps that can be told to fail."""
    last = tmp_path / "html"
    last.mkdir()
    (last / "index.html").write_text("last good pages")
    (last / book.PDF_NAME).write_text("last good PDF")
    monkeypatch.setattr(book, "check_data", lambda: None)
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


def write_new_pdf(folder: Path) -> None:
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
        book.build_pdf(tmp_path)
