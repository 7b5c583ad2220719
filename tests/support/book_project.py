"""A tiny book, with the settings and the extension of the report, for the tests of its pages."""

# ruff: noqa: E501 (rows of tables are long)

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TABLES = {
    "sources": """\
source_id,type,author,title,title_status,publisher,date,vintage,url,language,stance,independence_group,extent_seen,licence,provenance,note
alpha2001,press,Ann Author,First & foremost {braced} 50% <b>bold</b>,as-published,Alpha,2001-02-03,,https://example.org/a?b=1&c=2,en,independent,alpha,full,facts only,,
beta2002,official,,A decree,descriptive,Ministry of Beta,2002,,,az,azerbaijani-state-aligned,beta,part,facts only,,
gamma2002,press,Ann Author,Second thoughts,as-published,Gamma,2002-05,,https://example.org/g,en,pakistani-state-aligned,gamma,full,facts only,,
""",
    "source_merges": "merged_id,source_id,reason\n",
    "actors": """\
actor_id,kind,name,short_name,country_iso3,colour,source_ids,note
AZE,state,Azerbaijan,Azerbaijan,,#000001,,
PAK,state,Pakistan,Pakistan,,#000002,,
""",
    "places": """\
place_id,name,other_names,country_iso3,lat,lon,precision,type,contested,sovereign,administrator,exemption_reason,source_id,source_record,note
khojaly,Xocalı,Khojaly (English);Khojalu (Armenian),AZE,39.9,46.8,settlement,city,true,AZE,AZE since 2023,,beta2002,,
""",
    "chapters": """\
chapter_id,title,kind,year_first,year_last,position,status,description
start,Start,front,,,1,published,Start.
told-2001-2002,"Told, 2001-2002",narrative,2001,2002,2,published,Told.
chronology,Chronology,appendix,,,3,published,Events.
contradictions,Contradictions,appendix,,,4,published,Rulings.
glossary,Glossary,appendix,,,5,published,Terms.
""",
    "phases": """\
phase_id,name,kind,start,end,chapter_id,start_proposed_by,start_reason,position
first,First,period,2001,..,told-2001-2002,,Because.,1
""",
    "events": """\
event_id,date,category,nature,title,summary,actors,place_id,country_iso3,chapter,contested_military,status,replaced_by,confidence_override,override_reason,note
2001-visit,2001-02-03,visit,happened,A visit <script>alert(1)</script>,"Summary with <img src=x onerror=alert(2)>, *stars* and {event}`x`.",AZE;PAK,khojaly,AZE,told-2001-2002,false,active,,,,A <i>note</i>.
2002-deal,2002-09?,agreement,happened,A deal,A deal was signed.,AZE;PAK,,,told-2001-2002,false,active,,,,
2001-trip,2001-02,visit,happened,A trip,The same as the visit.,AZE;PAK,,,told-2001-2002,false,withdrawn,2001-visit,,,
2001-tale,2001-02,visit,happened,A tale,Nobody told it.,AZE;PAK,,,told-2001-2002,false,withdrawn,,,,It was of another state.
""",
    "claims": """\
claim_id,event_id,source_id,attribute,topic,value,value_edtf,value_low,value_high,value_norm,unit,paraphrase,basis,agreement,locator
visit-1,2001-visit,alpha2001,date,visit-date,3 February,2001-02-03,,,,,Says the 3rd.,report,agrees,
visit-2,2001-visit,beta2002,date,visit-date,4 February,2001-02-04,,,,,Says <b>the 4th</b>.,report,disagrees,p. 2
deal-1,2002-deal,gamma2002,occurred,deal,signed,,,,,,Says it was signed.,report,agrees,
trip-1,2001-trip,gamma2002,occurred,trip,made,,,,,,Says it was made.,report,agrees,
deal-2,2002-deal,beta2002,price,deal-price,5 million,,5,5,,USD million,Says five.,report,agrees,
deal-3,2002-deal,gamma2002,price,deal-price,7 million,,7,7,,USD million,Says seven.,report,agrees,
""",
    "rulings": """\
ruling_id,kind,question,disputed,claim_ids,resolution,preferred_claim_ids,reading,rule,reason,would_settle,certainty
visit-day,date,On which day was the <u>visit</u>?,the day of the visit,visit-1;visit-2,preferred,visit-1,The 3rd.,contemporary-over-later,Written then.,The diary.,medium
deal-sum,price,What did the deal cost?,the price of the deal,deal-2;deal-3,unresolved,,Five or seven.,none,Both were there.,The contract.,low
""",
    "glossary": """\
term_id,term,kind,variants,definition,attributes,offices,source_ids,note
un,UN,abbreviation,,United <b>Nations</b>.,see=nations,,alpha2001,
nations,United Nations,institution,,The <i>organisation</i>.,founded=1945-10-24,,alpha2001,
shusha,Şuşa,place,Shusha;Shushi,A town.,,,alpha2001,
khojaly,Xocalı,place,Khojaly,A town.,,,alpha2001,
leader,A. Leader,person,,Led.,,President of Azerbaijan (attested 1995-10 to 2002-10),beta2002,Not to be confused.
""",
}

# Beside its own, a table of other terms of use.
WITH_SCHEMA = {*TABLES, "milex_sipri"}

TOC = """\
format: jb-book
root: chapters/start
chapters:
  - file: chapters/told-2001-2002
  - file: chapters/chronology
  - file: chapters/contradictions
  - file: chapters/glossary
  - file: chapters/sources
  - file: chapters/codebook
  - file: chapters/lists
  - file: chapters/reuse
"""

START = """\
(start)=
# Start

A page that speaks of Şuşa, of Bakı and of {event-title}`the visit <2001-visit>`, at which the
{ruling}`visit-day`, of {term}`leader` and {term}`the body <nations>` ({term}`un`), and leads to
[the sources](codebook.md#table-sources) and to [what is told](told-2001-2002.md#told-events).
"""

TOLD = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---

(told)=
# Told, 2001-2002

The visit was {event-on}`2001-visit`, the deal in {event-year}`2002-deal` ({event}`2002-deal`); the
{ruling}`visit-day`, says {claim}`visit-1`, at {place}`khojaly` {cite}`alpha2001,beta2002`.
See {numref}`fig-told`. They are {glue:text}`n_events` in all, from {glue:text}`n_sources` sources.

```{code-cell} ipython3
---
tags: [hide-input]
---
from azpak import Report, say
from azpak.text import count_in_words, whole

report = Report.load()
count = len(report.table("sources"))
say(n_events=count_in_words(len(report.events)), n_sources=whole(count, "sources"))
```

```{code-cell} ipython3
---
tags: [hide-input]
mystnb:
  figure:
    caption: "What is drawn, after {event}`2001-visit`."
    name: fig-told
---
import base64


class Shown:
    def _repr_mimebundle_(self, include=None, exclude=None):
        svg = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'></svg>"
        files = {k: base64.b64encode(k.encode()).decode() for k in ("svg", "png", "pdf")}
        return {
            "application/vnd.azpak.figure+json": {
                "id": "told", "title": "Nine of ten <b>agree</b>", "alt": "Nine \\"dots\\" & one",
                "description": "The dots are <i>round</i>.", "source": "The tables.",
                "svg": svg, "narrow": svg, "dark": {}, "exports": files, "csv": "a,b\\n1,2\\n",
            },
            "image/svg+xml": svg, "text/plain": "Nine dots",
        }


Shown()
```

{numref}`tbl-told` has the same.

```{code-cell} ipython3
---
tags: [hide-input]
---
import pandas as pd

from azpak.output.table import table

rows = pd.DataFrame({"pair": ["Türkiye, <b>first</b>", ":rows: `b`"], "share": [1 / 3, 1.0]})
table(rows.head(1), "What is told", "tbl-told", download=rows)
```

(told-disagree)=
## Where the sources disagree

```{chapter-rulings}
```

(told-events)=
## Events in this chapter

```{chapter-events}
```

(told-reuse)=
## Rerun, reuse, cite

```{chapter-reuse}
```

(told-references)=
## References

```{bibliography}
:filter: docname in docnames
```
"""

PAGES = {
    "start": START,
    "told-2001-2002": TOLD,
    "chronology": "(chronology)=\n# Chronology\n\n```{chronology}\n```\n",
    "contradictions": "(contradictions)=\n# Contradictions\n\n```{contradictions}\n```\n",
    "glossary": "(glossary)=\n# Glossary\n\n```{glossary-entries}\n```\n",
    "reuse": "# Reuse\n\n```{report-citation}\n```\n\n```{licences}\n```\n\n```{packages}\n```\n\n"
    "```{executed-cells}\n```\n",
    "sources": "(sources)=\n# Sources\n\n```{source-list}\n```\n",
    "codebook": "(codebook)=\n# Codebook\n\n```{codebook}\n```\n",
    "lists": "# Lists\n\n## Figures\n\n```{list-of-figures}\n```\n\n## Tables\n\n"
    "```{list-of-tables}\n```\n\n## Abbreviations\n\n```{abbreviations}\n```\n",
}


def schema() -> str:
    """Return the schema of these tables: to describe all would be a third of the work on the book."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] in WITH_SCHEMA]
    return json.dumps(package, ensure_ascii=False, indent=1)


def make_project(folder: Path, **pages: str) -> Path:
    """Write the tiny book; `pages` replace or add pages."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "data").mkdir()
    for name in ("_config.yml", "pyproject.toml", "requirements.in", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "_static", folder / "_static")
    (folder / "data" / "datapackage.json").write_text(schema(), encoding="utf-8")
    for name, text in TABLES.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    for name, text in (PAGES | {k.replace("_", "-"): v for k, v in pages.items()}).items():
        (folder / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def start_build(folder: Path, *options: str) -> subprocess.Popen:
    """Start to build the tiny book as a reader would."""
    environment = {k: v for k, v in os.environ.items() if k != "AZPAK_DATA"}
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder), *options]
    return subprocess.Popen(
        command, cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def site(folder: Path) -> Path:
    """Return where the pages are."""
    return folder / "_build" / "html"
