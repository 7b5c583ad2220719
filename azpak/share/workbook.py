"""The data as one spreadsheet: a sheet a table, dates as text, a sheet that says what is there.

A spreadsheet in the form of Office Open XML is an archive of a few plain files, which are written
here; the text of a cell is a text to every program, so that ``2004-07`` becomes no day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from azpak import tables
from azpak.publication import Publication
from azpak.share import archive, rows

__all__ = ["write"]

MOST = 32_767  # characters that a cell may hold
WIDEST = 60  # characters of a column
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Two looks: 0 is text as it was written (format 49 of the standard, "@"), 1 the head in bold.
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
    'xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
BOLD, TEXT = 1, 2
README = "read me"

Sheet = tuple[str, list[Sequence[rows.Cell]]]


def write(target: Path, book: Publication, events: list[dict[str, rows.Cell]]) -> None:
    """Write the spreadsheet.

    Parameters
    ----------
    target
        The file.
    book
        The publication, for the sheet *read me*.
    events
        The events with what is computed, from `azpak.share.rows.resolved`.
    """
    sheets = [(README, _about(book)), ("events_resolved", _rows(events))]
    sheets += [(name, _rows(rows.read(name), name)) for name in rows.names()]
    archive.write_zip(target, {name: text.encode() for name, text in _parts(sheets).items()})


def _about(book: Publication) -> list[Sequence[rows.Cell]]:
    lines: list[Sequence[rows.Cell]] = [
        ("What", "Said"),
        ("Title", book.title),
        ("Version", f"{book.version}, data as of {book.data_date_text}"),
        ("Cite as", book.citation_of_report()),
        ("Dates", "EDTF, kept as text: 2004-07 is a month, 2014-02~ approximate, a/b from a to b"),
        ("Lists", "Members of a list in a cell are separated by semicolons"),
        ("events_resolved", "Active events with first and last day, confidence and origins"),
    ]
    for entry in tables.package()["resources"]:
        if "schema" in entry:
            terms = entry.get("licenses") or tables.package()["licenses"]
            named = "; ".join(licence.get("title") or licence["name"] for licence in terms)
            said = " ".join((f"{entry['title']}.", entry.get("description", "")))
            lines.append((entry["name"], f"{said} Terms: {named}"))
    return lines


def _rows(found: Iterable[dict[str, rows.Cell]], name: str = "") -> list[Sequence[rows.Cell]]:
    listed = list(found)
    head = [field["name"] for field in rows.fields(name)] if name else list(listed[0])
    return [head, *([row[column] for column in head] for row in listed)]


def _parts(sheets: list[Sheet]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PARTS}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PARTS}/relationships"><Relationship '
        f'Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PARTS}/relationships">'
        f'{related}<Relationship Id="rId{len(sheets) + 1}" Type="{LINKS}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for n, (_, lines) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet(lines)
    return parts


def _sheet(lines: list[Sequence[rows.Cell]]) -> str:
    widths = [
        min(WIDEST, 2 + max(len(str(line[n])) for line in lines if line[n] is not None))
        for n in range(len(lines[0]))
    ]
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    body = "".join(
        f'<row r="{n}">{"".join(_cell(v, BOLD if n == 1 else TEXT) for v in line)}</row>'
        for n, line in enumerate(lines, 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>{body}</sheetData></worksheet>"
    )


def _cell(value: rows.Cell, style: int) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value!r}</v></c>"
    text = escape(str(value)[:MOST])
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'
