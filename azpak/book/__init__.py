"""The Sphinx extension that turns rows of data into pages.

=====================  ==========================================================================
``settings``           what a build needs set: one clock, parallel reading
``execute``            the chapters that changed, in forks of a warm process or in kernels
``incremental``        what a build takes over from the last one
``unchanged``          what tells a build that there is nothing to do
``progress``           what it says meanwhile
``metadata``           title, version and date; where the report is published, if anywhere
``records``            the rows the pages show
``domain``             where each row is anchored and used; unknown ids
``roles``              ``{event}``, ``{event-on}``, ``{event-title}``, ``{event-year}``,
                       ``{ruling}``, ``{claim}``, ``{place}``, ``{term}``
``chronology``         ``{chronology}``
``explorer``           the form that narrows the list of events, and their marks
``cards``              rows of tables as cards on a phone
``milestones``         ``{milestones}``, the events of the front page
``chapter``            ``{chapter-events}``, ``{chapter-rulings}``
``support``            the box on how well a chapter's events are supported
``place_events``       ``{place-form}``, ``{place-events}``: the list beside the map of places
``ledger``             ``{contradictions}``
``changed``            ``{what-changed}``
``glossary``           ``{glossary-entries}``, ``{abbreviations}``
``reuse``              ``{chapter-reuse}``
``appendices``         ``{source-list}``, ``{codebook}``, ``{list-of-figures}``,
                       ``{list-of-tables}``
``colophon``           ``{report-citation}``, ``{licences}``, ``{packages}``, ``{executed-cells}``
``briefing``           ``{briefing}``, the report on two pages
``cite``               what can be cited, ``{citation-files}``
``cite_sources``       the citation of a source
``offers``             ``{data-offers}``
``figures``            the figure of a cell, with its alt text, description and downloads
``code``               the code of each section, folded at its end
``notebooks``          each chapter as a notebook that runs anywhere
``markdown``           what a page shows as Markdown
``values``             the values that cells name, kept for ``values.json``
``gallery``            ``{gallery}``, every figure as a small picture
``thumbnails``         these small pictures
``files``              ``{table-file}``, the rows of a table as a file
``drawings``           where the files of drawings are kept from build to build
``bibliography``       references.bib from the sources
``citations``          citations resolved without looking twice
``numbers``            numbers of figures found without reading pages twice
``memory``             no search for cycles
``search``             names found with and without diacritics
``pages``              footer, citation tags, no request to another host; what of the theme is left
``tags``               what a page says of itself to machines
``policy``             what a page may load and run
``page_drawings``      drawings as pages load them, and their sizes
``pictures``           the form of a drawing that fits the screen and the colours of the page
``styles``, ``icons``  one stylesheet with what the pages use; the few icons they show
``downloads``          the files a reader can take away
=====================  ==========================================================================

All text from data becomes document nodes, never markup, so it is escaped where it is shown.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from azpak import __version__
from azpak.book import (
    appendices,
    bibliography,
    briefing,
    cards,
    changed,
    chapter,
    chronology,
    citations,
    cite,
    code,
    colophon,
    domain,
    downloads,
    drawings,
    execute,
    explorer,
    figures,
    files,
    gallery,
    glossary,
    incremental,
    ledger,
    memory,
    milestones,
    nodes,
    notebooks,
    numbers,
    offers,
    pages,
    pictures,
    place_events,
    progress,
    reuse,
    roles,
    search,
    settings,
    styles,
    tags,
    thumbnails,
    unchanged,
    values,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.add_domain(domain.ReportDomain)
    for part in (
        unchanged, progress, settings, execute, incremental, nodes, roles, chronology, chapter,
        explorer, place_events, ledger, changed, cards, milestones, glossary, reuse, cite, offers,
        briefing, gallery, appendices, colophon, figures, files, values, code, notebooks, drawings,
        bibliography, citations, numbers, memory, search, pages, tags, pictures, styles, downloads,
        thumbnails,
    ):  # fmt: skip
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
