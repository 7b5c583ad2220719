// Lists that a reader narrows: the events of the chronology, those of a map. An entry has tags, a choice of the
// form is one of them; the address keeps what was chosen, so that it can be shared and gone back to.
(() => {
  const LETTERS = {
    "ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ʻ": "",
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-",
  };
  // As the search of the report folds words, and typed quotes find printed ones.
  const fold = (text) => text.toLowerCase().replace(/[^\x00-\x7f]+/g, (part) =>
    part.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/./gsu, (sign) => LETTERS[sign] ?? sign));
  // More entries than this on a map, and only places with more than so many are named.
  const CROWDED = 40, NOTABLE = 6;
  // Fewer letters than this begin too many names.
  const SHORTEST = 4;
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  const narrow = (form) => {
    const { nouns, entries, columns, names } = form.dataset;
    const controls = [...form.elements].filter((control) => control.name && control.name !== "csv");
    const choices = controls.filter((control) => control.matches("fieldset *"));
    const { q, order, open } = form.elements;
    const status = form.querySelector(":scope > output");
    // What a control asks for; a slider at its left end and a box without a tick ask for nothing.
    const asked = (control) => {
      if (control.type === "checkbox") return control.checked ? control.value : "";
      return control.type === "range" && control.value === control.min ? "" : control.value;
    };
    const tag = (choice) => (choice.type === "range" && asked(choice) ? `${choice.name}-${choice.value}` : asked(choice));
    const sorted = document.createElement("div");
    sorted.hidden = true;
    form.after(sorted);

    // What is around the entries, up to what holds the form; each with its line in the contents.
    const groups = new Map();
    const groupsOf = (element) => {
      const found = [];
      for (let up = element.parentElement; up !== form.parentElement; up = up.parentElement) {
        if (!groups.has(up)) {
          const line = up.id && document.querySelector(`.page-toc a[href="#${CSS.escape(up.id)}"]`);
          groups.set(up, { line: line && line.parentElement, count: 0 });
        }
        found.push(groups.get(up));
      }
      return found;
    };
    const items = [...form.parentElement.querySelectorAll(`.${entries}`)].map((element, place) => ({
      element, place, home: element.parentElement, groups: groupsOf(element), shown: true, text: null,
      tags: new Set(element.dataset.tags.split(" ")),
    }));
    const textOf = (item) => (item.text ??= fold(item.element.textContent));
    // Texts are read while nobody waits, so that the first letter typed is answered at once.
    const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
    const prepare = (from) => {
      items.slice(from, from + 100).forEach(textOf);
      if (from < items.length) later(() => prepare(from + 100));
    };

    // A place is found by any of its names: what is typed begins one of them, and the text has another as a word.
    const aliases = (names ?? "").split(";").filter(Boolean).map((group) => group.split("|"));
    const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const finder = (part) => {
      const others = part.length < SHORTEST ? [] : aliases.filter((group) => group.some((name) => name.startsWith(part))).flat();
      const word = others.length && new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${others.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "u");
      return (text) => text.includes(part) || (word && word.test(text));
    };

    const target = () => (location.hash || null) && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const hide = (element, away) => { if (element && element.hidden !== away) element.hidden = away; };
    const fits = () => {
      const tags = choices.map(tag).filter(Boolean);
      const parts = (fold(q.value).match(/"[^"]+"|[^\s"]+/g) ?? []).map((part) => finder(part.replace(/"/g, "")));
      return (item) => tags.every((tag) => item.tags.has(tag)) &&
        parts.every((found) => found(textOf(item)));
    };
    const compare = {
      "": (a, b) => a.place - b.place,
      reversed: (a, b) => b.place - a.place,
    };
    const by = (name) => (a, b) => b.element.dataset[name] - a.element.dataset[name] || a.place - b.place;
    let ordered = "";
    // Entries take their new places a few hundred at a time: the first of them at once, the others
    // below the screen while nobody waits. A new order starts anew.
    let moves = 0;
    const move = (from, turn) => {
      if (turn !== moves) return;
      const part = items.slice(from, from + 200);
      for (const { element, home } of part) (order.value ? sorted : home).append(element);
      if (part.length) setTimeout(() => move(from + 200, turn));
    };
    const sort = () => {
      const wanted = order ? order.value : "";
      if (wanted === ordered) return;
      items.sort(compare[wanted] ?? by(wanted));
      moves += 1;
      move(0, moves);
      ordered = wanted;
    };
    // The map: the marks of what is shown are lit, the larger the more; a mark chooses its place.
    const map = form.parentElement.querySelector(".live-map");
    const marks = map ? [...map.querySelectorAll('[id^="at-"], [id^="on-"]')] : [];
    const light = (shown) => {
      const counts = new Map();
      for (const { tags } of shown) for (const each of tags) counts.set(each, (counts.get(each) ?? 0) + 1);
      if (map) map.classList.toggle("chosen", choices.some((choice) => /^at-/.test(choice.value)));
      for (const mark of marks) {
        const count = counts.get(mark.id) ?? 0;
        mark.classList.toggle("lit", count > 0);
        mark.style.setProperty("--size", 0.7 + 0.3 * Math.sqrt(count));
        const place = mark.id.replace(/^at-/, "");
        const name = document.getElementById(`name-${place}`) ?? document.getElementById(`far-${place}`);
        if (name) name.classList.toggle("lit", count > (shown.length > CROWDED ? NOTABLE : 0));
      }
    };
    if (map) map.classList.add("ready");
    for (const mark of marks) {
      const list = choices.find((choice) => [...(choice.options ?? [])].some((option) => option.value === mark.id));
      if (!list) continue;
      mark.addEventListener("click", () => {
        list.value = list.value === mark.id ? "" : mark.id;
        list.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }

    // Entries come back a few hundred at a time as well, but all at once where a link leads to one of
    // them: those that came later would push it out of sight.
    let returns = 0;
    const bring = (list, turn, most = 500) => {
      if (turn !== returns) return;
      for (const { element } of list.slice(0, most)) element.hidden = false;
      if (list.length > most) setTimeout(() => bring(list.slice(most), turn));
    };

    // Folds open a few hundred at a time: those of the entries shown first, the others while nobody waits.
    let opened = false, turns = 0;
    const unfold = (list, turn) => {
      if (turn !== turns) return;
      for (const { element } of list.slice(0, 100)) element.querySelectorAll("details").forEach((fold) => { fold.open = opened; });
      if (list.length > 100) setTimeout(() => unfold(list.slice(100), turn));
    };
    const show = () => {
      const chosen = fits();
      groups.forEach((group) => { group.count = 0; });
      let count = 0;
      const back = [];
      for (const item of items) {
        item.shown = chosen(item);
        if (!item.shown) hide(item.element, true);
        else if (item.element.hidden) back.push(item);
        if (item.shown) {
          count += 1;
          for (const group of item.groups) group.count += 1;
        }
      }
      sort();
      returns += 1;
      const aim = target();
      bring(back, returns, back.some(({ element }) => element.contains(aim)) ? back.length : undefined);
      sorted.hidden = !ordered;
      groups.forEach(({ line, count: left }, group) => {
        hide(group, !left || Boolean(ordered));
        hide(line, !left || Boolean(ordered));
      });
      if (open && open.checked !== opened) {
        opened = open.checked;
        turns += 1;
        unfold([...items.filter((item) => item.shown), ...items.filter((item) => !item.shown)], turns);
      }
      for (const choice of choices.filter(({ type }) => type === "range")) {
        const text = asked(choice) || "all";
        choice.setAttribute("aria-valuetext", text);
        choice.parentElement.querySelector(".explorer-value").textContent = text;
      }
      light(items.filter((item) => item.shown));
      const all = `${items.length} ${nouns}`;
      status.value = count === items.length ? all : count ? `${count} of ${all}` : `None of ${all}`;
    };

    // The address: what differs from the page as it comes.
    const write = (way) => {
      const view = new URLSearchParams(controls.map((c) => [c.name, asked(c)]).filter(([, value]) => value));
      const query = String(view) && `?${view}`;
      if (query !== location.search) history[way](null, "", location.pathname + query);
    };
    const read = () => {
      const view = new URLSearchParams(location.search);
      for (const control of controls) {
        const value = view.get(control.name) ?? "";
        if (control.type === "checkbox") control.checked = value === control.value;
        else control.value = value || control.min || "";
        if (control.selectedIndex === -1) control.value = ""; // an address that names no such choice
      }
    };
    // What a link leads to is open, and shown whatever was chosen.
    const reach = () => {
      const aim = target();
      const entry = aim && aim.closest(`.${entries}`);
      if (entry) entry.querySelectorAll("details").forEach((fold) => { fold.open = true; });
      if (!aim || !aim.closest("[hidden]")) return;
      form.reset();
    };

    let typing = false;
    form.addEventListener("input", (event) => {
      show();
      write(event.target === q && typing ? "replaceState" : "pushState");
      typing = event.target === q;
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => {
      typing = false;
      show();
      const { hash } = location;
      write("pushState");
      if (hash) location.hash = hash;
    }));
    addEventListener("popstate", () => { typing = false; read(); show(); });
    addEventListener("hashchange", reach);

    // What is shown, in its order, as a file.
    const cell = (value) => (/[",\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
    const fields = columns.split("; ").map((field) => field.split("="));
    const lists = choices.filter((choice) => choice.dataset.column);
    const row = ({ element, tags }) => [
      element.id || element.dataset.id,
      ...fields.map(([, from]) => (from[0] === "@" ? element.dataset[from.slice(1)] : words(element.querySelector(from)))),
      ...lists.map((list) => [...list.options].filter((o) => o.value && tags.has(o.value)).map(words).join(";")),
      element.id ? `${location.href.split(/[?#]/)[0]}#${element.id}` : (element.querySelector("a[href]")?.href ?? ""),
    ];
    const head = ["id", ...fields.map(([name]) => name), ...lists.map((list) => list.name), "address"];
    form.elements.csv.addEventListener("click", () => {
      const rows = [head, ...items.filter((item) => item.shown).map(row)];
      const text = rows.map((cells) => cells.map(cell).join(",")).join("\n") + "\n";
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      link.download = `${nouns}-shown.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });

    read();
    show();
    reach();
    later(() => prepare(0));
  };
  document.querySelectorAll("form.explorer").forEach(narrow);
})();
