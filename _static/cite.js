// A permanent link shows, when it is pressed, the citation of what it leads to in four forms.
(() => {
  const root = document.documentElement.dataset.content_root;
  const forms = { link: "Link", text: "Text", bib: "BibTeX", ris: "RIS", csl: "CSL-JSON" };
  const loading = {};

  const load = (name) => loading[name] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}_downloads/cite/${name}.js`;
    script.addEventListener("load", () => resolve(window.azpakCitations));
    script.addEventListener("error", reject);
    document.head.append(script);
  });

  const show = (citation) => {
    const dialog = document.createElement("dialog");
    dialog.classList.add("cite-dialog");
    for (const [form, label] of Object.entries(forms)) {
      const heading = document.createElement("p");
      const copy = document.createElement("button");
      const text = document.createElement("pre");
      heading.append(label, " ", copy);
      copy.type = "button";
      copy.textContent = "Copy";
      copy.setAttribute("aria-label", `Copy the citation as ${label}`);
      text.textContent = citation[form].trim();
      text.tabIndex = 0;
      copy.addEventListener("click", () => {
        getSelection().selectAllChildren(text);
        navigator.clipboard?.writeText(text.textContent);
      });
      dialog.append(heading, text);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.setAttribute("aria-label", "How to cite");
    dialog.append(close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.permalink, figcaption a.headerlink, caption a.headerlink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    const anchor = decodeURIComponent(link.hash.slice(1));
    load(anchor.startsWith("source-") ? "sources" : "entries")
      .then((all) => show({ link: link.href, ...all[anchor] }))
      .catch(() => { location.hash = link.hash; });
  });
})();
