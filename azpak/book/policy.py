"""What a page may load and run: files of the report, and the one script written into it."""

from __future__ import annotations

import base64
import hashlib

# Sets the colours before anything is drawn; the theme's own names a mode that it then refuses.
# Asks for the types of text along with the stylesheet that names them: one that is not there in
# time is not used on that page, so that text never jumps. Not for files: browsers refuse it there.
FIRST_SCRIPT = """
      (() => {
        let mode = null;
        try { mode = localStorage.getItem("mode"); } catch { /* storage may be forbidden */ }
        if (!["light", "dark"].includes(mode)) mode = "auto";
        const dark = matchMedia("(prefers-color-scheme: dark)").matches;
        document.documentElement.dataset.mode = mode;
        document.documentElement.dataset.theme = mode === "auto" ? (dark ? "dark" : "light") : mode;
        if (location.protocol === "file:") return;
        for (const face of ["serif-latin-400", "serif-latin-600", "sans-latin-400", "sans-latin-600"]) {
          const link = document.createElement("link");
          const href = `${document.documentElement.dataset.content_root}_static/fonts/report-${face}-normal.woff2`;
          Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
          document.head.append(link);
        }
      })();
    """  # noqa: E501


def digest(script: str) -> str:
    """Return a script's digest as a policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


OWN = "'self' file:"  # not every browser counts a file beside a page opened from a file as its own
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src {OWN} {digest(FIRST_SCRIPT)}",
        f"style-src {OWN}",
        f"img-src {OWN} data:",
        f"font-src {OWN} data:",
        f"connect-src {OWN}",
        f"form-action {OWN}",
        "base-uri 'none'",
    )
)
