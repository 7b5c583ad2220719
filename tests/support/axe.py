"""Ask axe what is wrong with a page that a browser shows."""

from __future__ import annotations

from importlib.resources import files

from support.browser import Page

# Axe asks for the same sizes and styles of an element hundreds of times, and the browser looks
# through the page for every answer. Nothing changes while axe runs: each is asked for once.
REMEMBER = """
(() => {
  let sizes, styles, values;
  window.forget = () => { sizes = {}; styles = new WeakMap(); values = new WeakMap(); };
  window.forget();
  for (const name of ["scrollWidth", "scrollHeight", "clientWidth", "clientHeight"]) {
    const ask = Object.getOwnPropertyDescriptor(Element.prototype, name).get;
    Object.defineProperty(Element.prototype, name, {get() {
      const known = sizes[name] ??= new WeakMap();
      if (!known.has(this)) known.set(this, ask.call(this));
      return known.get(this);
    }});
  }
  const style = window.getComputedStyle;
  window.getComputedStyle = (element, pseudo) => {
    if (pseudo) return style.call(window, element, pseudo);
    if (!styles.has(element)) styles.set(element, style.call(window, element));
    return styles.get(element);
  };
  const value = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    if (!values.has(this)) values.set(this, new Map());
    const known = values.get(this);
    if (!known.has(name)) known.set(name, value.call(this, name));
    return known.get(name);
  };
})();
"""
# Every rule is run; only what passes is not described, which takes longer than the rules, and the
# HTML is asked for of what is at fault alone.
FAULTS = """
axe.configure({noHtml: true}),
axe.run({resultTypes: ["violations"], elementRef: true}).then(found => found.violations.map(fault =>
  `${fault.id} (${fault.nodes.length}): ${fault.nodes[0].element.outerHTML.slice(0, 160)}`))
"""
ALL = """
axe.run().then(found => JSON.stringify(
  [found.violations, found.incomplete, found.passes, found.inapplicable]))
"""
# What is far from the screen would be laid out each time axe asks for a part of it, and its size is
# a guess until then. A sheet of the page's own would be refused by its policy.
SHOW_ALL = """
document.querySelectorAll('details').forEach(fold => { fold.open = true; });
if (!('axe' in window)) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets.push(sheet);
}
"""


def prepare(page: Page, remember: bool = True) -> None:
    """Show what is folded or far from the screen, and hand axe to the page."""
    page.evaluate(SHOW_ALL)
    if page.evaluate("window.forget?.(), 'axe' in window"):  # it is there, for another palette
        return
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate((REMEMBER if remember else "") + axe + ";0")


def faults(page: Page) -> list[str]:
    """Return every fault that axe finds on the page as it is shown, once a page is open."""
    prepare(page)
    return page.evaluate(FAULTS)
