"""A site of three pages, small enough to print in a second, with all that can go wrong."""

from __future__ import annotations

from pathlib import Path

NAMES = "Əliyev, əsgər, Şuşa, çay, dağ, qılınc, İrəvan, Шуша, ≤ 5, 1–2, −3, 4 × 4"
SCRIPTS = "Արցախ, कश्मीर, کشمیر"
MARKS = "a_b *c* #d $e$ [f] <g> @h `i` ~ // k -- l = m 1. n\\o ... p"
ALT = "A square: the only shape drawn."


def html_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<nav>Side bar</nav>
<main><article class="bd-article">
<section id="{name}"><span id="id1"></span>
<h1>{title}<a class="headerlink" href="#{name}" title="Link">#</a></h1>
{body}
</section></article></main>
<footer class="prev-next-footer">Next page</footer>
<!--pdf--><!--/pdf--></body></html>
"""

FIRST = f"""
<p>Text leads to <a class="reference internal" href="second.html#place">a place</a>, to
<a class="reference internal" href="#facts">the facts</a>, to
<a class="reference internal" href="second.html#tbl"><span class="std std-numref">Table
1</span></a>, to <a class="reference internal" href="third.html#source-b_c">Bee, 2001</a>, to
<a class="reference internal" href="second.html#folded-code">what is not printed</a>, to
<a class="reference external" href="https://example.org/a">another site</a> and to
<a class="download" href="../_downloads/data/events.csv"><code>events.csv</code></a>. A note
<a class="footnote-reference brackets" href="#note" id="call" role="doc-noteref">1</a>, and again
<a class="footnote-reference brackets" href="#note" id="call2" role="doc-noteref">1</a> follows.</p>
<section id="facts"><h2>The facts<a class="headerlink" href="#facts">#</a></h2>
<p>{NAMES} <em>{NAMES}</em> <strong>{NAMES}</strong> <strong><em>{NAMES}</em></strong></p>
<p><code>{NAMES}</code></p><h3>{NAMES}</h3><p>{SCRIPTS}</p><p>{html_escaped(MARKS)}</p>
<div class="cell tag_hide-input"><details class="hide above-input"><summary>Show code</summary>
<div class="cell_input"><pre>secret = 1</pre></div></details>
<div class="cell_output"><figure class="report-figure" id="fig-square">
<div class="figure-head"><p class="figure-headline">One square is drawn</p>
<div class="figure-image" role="group" aria-label="Drawing: One square" tabindex="0">
<img class="report-figure-image" alt="{ALT}" src="../_images/square.svg"></div></div>
<figcaption><p><span class="caption-number">Figure 1</span> The square.</p>
<div class="legend"><p class="figure-source">Source: us.</p>
<p class="figure-downloads">Download:
<a class="download" href="../_downloads/square.svg">SVG</a></p></div></figcaption></figure>
</div></div>
<div class="pst-scrollable-table-container"><table class="table"><thead><tr>
{"".join(f"<th>Column {n} with_a_long_name</th>" for n in range(12))}</tr></thead><tbody>
<tr>{"<td>unbreakable_identifier_of_a_row</td>" * 12}</tr></tbody></table></div></section>
<aside class="footnote-list brackets">
<aside class="footnote brackets" id="note" role="doc-footnote">
<span class="label">1</span><p>What the note says.</p></aside></aside>
"""

SECOND = f"""
<section id="place"><h2>A place<a class="headerlink" href="#place">#</a></h2>
<div class="highlight cell_input"><pre id="folded-code">print()</pre></div>
<table class="table" id="tbl"><thead><tr><th>Repeated head</th><th>Value</th></tr></thead>
<tbody>{"".join(f"<tr><td><p>Row {n}</p></td><td>{n}</td></tr>" for n in range(120))}
</tbody></table>
<table class="table"><thead><tr><th>Long</th><th>Short</th></tr></thead><tbody>
<tr><td>{"It goes on and on. " * 700} And ends.</td><td>cell</td></tr></tbody></table>
</section>
<section id="references"><h2>References</h2><div class="citation-list">
<div class="citation" id="ref-b-c"><span class="label">[B]</span><p>Bee (2001). A list entry.
<a class="reference external" href="third.html#source-b_c">Source card</a></p></div></div></section>
"""

THIRD = """
<article class="source" id="source-b_c"><p class="source-reference">Bee. A source, 2001.</p>
<p class="source-marks">Independent; English.</p></article>
"""

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">'
    '<path d="M5 5h30v30h-30z" fill="#1d4f73"/></svg>'
)


def make_site(folder: Path, address: str = "") -> Path:
    site = folder / "html"
    (site / "chapters").mkdir(parents=True)
    (site / "_images").mkdir()
    (site / "_images" / "square.svg").write_text(SQUARE)
    written = {"first": FIRST, "second": SECOND, "third": THIRD}
    for name, body in written.items():
        text = PAGE.format(name=name, title=f"{name.title()} page", body=body)
        (site / "chapters" / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / "_config.yml").write_text(
        'title: "A Title: A Subtitle"\nauthor: AZPAK contributors\n'
        f"sphinx: {{config: {{language: en, azpak_address: '{address}'}}}}\n"
    )
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/first\n"
        "parts: [{caption: Narrative, chapters: [{file: chapters/second},\n"
        "  {file: chapters/third}]}]\n"
    )
    return site
