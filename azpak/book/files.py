"""The rows of a table that a reader can take away: ``{table-file}``, which a listing writes."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak.book.domain import report_domain
from azpak.book.downloads import table_uri
from azpak.book.nodes import link, paragraph
from azpak.text import count_in_words

KILO = 1000


class TableFile(SphinxDirective):
    """``{table-file}``: a link to a CSV file of this name, whose text is the content."""

    required_arguments = 1
    has_content = True
    option_spec = {"rows": directives.nonnegative_int}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Keep the text, to be written with the pages, and return the line below the table."""
        name, text = self.arguments[0], "\n".join(self.content) + "\n"
        report_domain(self.env).note_table(name, text)
        line = paragraph("Download: ", classes=["figure-downloads", "table-file"])
        line += link(table_uri(self.env.docname, name), f"{name}.csv", classes=["download"])
        line += nodes.Text(f" ({row_count(self.options['rows'])}, {size(text)})")
        return [line]


def row_count(rows: int) -> str:
    """Return a number of rows in words."""
    return "one row" if rows == 1 else f"{count_in_words(rows)} rows"


def size(text: str) -> str:
    """Return the size of a text as a file."""
    size = len(text.encode())
    return f"{size} bytes" if size < KILO else f"{size / KILO:.1f} kB"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("table-file", TableFile)
