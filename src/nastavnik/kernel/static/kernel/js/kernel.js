/* Nastavnik's own script: small helpers, no framework. Every page works without it; it adds keys, dialogs and comfort. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isTyping = (el) => el && (el.matches("input, textarea, select") || el.isContentEditable);

  /* Dialogs: opened by data-opens, closed by data-closes, Esc or a click outside; the focus goes back by itself. */
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    if (id === "keys-dialog") listPageKeys(dialog);
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && document.getElementById(opener.dataset.opens) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      opener.closest("details.menu")?.removeAttribute("open");
      open(opener.dataset.opens);
      return;
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
    else if (event.target.matches("dialog[open]") && outside(event)) event.target.close();
    if (event.target.closest("[data-dismiss]")) dismiss(event.target);
    const copier = event.target.closest("[data-copy]");
    if (copier) copy(copier);
    const door = event.target.closest("[data-href]"); // a mark of a chart; the same link stands in the chart's table
    if (door) location.href = door.dataset.href;
    if (event.target.closest("[data-back]") && history.length > 1) { event.preventDefault(); history.back(); }
    for (const menu of all("details.menu[open], details.bottom-more[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  const outside = ({ target, clientX: x, clientY: y }) => {
    const box = target.getBoundingClientRect();
    return x < box.left || x > box.right || y < box.top || y > box.bottom;
  };

  /* Theme: kept in a cookie, so that the server draws the right one at once. */
  document.addEventListener("change", (event) => {
    if (event.target.name === "theme" && event.target.closest(".theme-switch")) {
      root.dataset.theme = event.target.value;
      document.cookie = `theme=${event.target.value};path=/;max-age=31536000;samesite=lax`;
    }
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=date], input[type=month]")) form.requestSubmit();
  });

  /* Toasts and callouts. A toast leaves after a while, unless it offers an undo, warns or is being read. */
  const dismiss = (target) => {
    const part = target.closest(".toast, .callout");
    if (part?.dataset.dismissKey) remember(part.dataset.dismissKey);
    part?.remove();
  };
  const remember = (key) => { try { localStorage.setItem(`dismissed:${key}`, "1"); } catch { /* private mode */ } };
  const isDismissed = (key) => { try { return localStorage.getItem(`dismissed:${key}`) === "1"; } catch { return false; } };
  const ageToasts = () => {
    for (const toast of all(".toast.tone-success:not([data-aged]), .toast.tone-info:not([data-aged])")) {
      toast.dataset.aged = "1";
      const wait = toast.querySelector("form") ? 12000 : 6000;
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
      setTimeout(leave, wait);
    }
  };

  const announce = (text) => { const spot = document.getElementById("announcer"); if (spot) spot.textContent = text; };
  const copy = async (button) => {
    try { await navigator.clipboard.writeText(button.dataset.copy); } catch { return; }
    button.classList.add("is-copied");
    announce(button.dataset.copy);
    setTimeout(() => button.classList.remove("is-copied"), 1500);
  };

  /* Rows: j and k walk through the links of lists, Enter opens (the link has the focus). */
  const step = (by, selector, within = document) => {
    const links = all(selector, within).filter((link) => link.checkVisibility());
    if (!links.length) return;
    const now = links.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + by, 0), links.length - 1);
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (event) => {
    for (const row of all("tr.is-focused")) row.classList.remove("is-focused");
    event.target.closest?.("a.row-link")?.closest("tr")?.classList.add("is-focused");
  });

  /* Keys of the page: data-key="n" on a link or button. */
  const listPageKeys = (dialog) => {
    const list = dialog.querySelector("[data-page-keys]");
    list.replaceChildren(...all("[data-key]").map((el) => {
      const line = document.createElement("div");
      const [key, name] = [document.createElement("dt"), document.createElement("dd")];
      const cap = document.createElement("kbd");
      cap.textContent = el.dataset.key;
      key.append(cap);
      name.textContent = el.getAttribute("aria-label") || el.textContent.trim();
      line.append(key, name);
      return line;
    }));
  };
  /* Letters are read by their place on the keyboard, so that they also work under a Russian layout. */
  const letter = (event) => (/^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : event.key);
  document.addEventListener("keydown", (event) => {
    const search = document.getElementById("search-dialog");
    if ((event.ctrlKey || event.metaKey) && letter(event) === "k" && search) { event.preventDefault(); open("search-dialog"); return; }
    if (search?.open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1, "#search-results a", search);
      return;
    }
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open], details.bottom-more[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const key = letter(event);
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) open("keys-dialog");
    else if (event.key === "/" || event.code === "Slash") {
      const box = document.querySelector("[data-filter-search]");
      if (search || box) { event.preventDefault(); if (search) open("search-dialog"); else box.focus(); }
    }
    else if (key === "j" || key === "k") step(key === "j" ? 1 : -1, "main a.row-link");
    else {
      const target = all("[data-key]").find((el) => el.dataset.key === key);
      if (target) { event.preventDefault(); target.click(); }
    }
  });
  /* In the search dialog Enter opens the first result when none is chosen. */
  document.getElementById("search-dialog")?.addEventListener("submit", (event) => {
    const first = document.querySelector("#search-results a");
    if (first) { event.preventDefault(); first.click(); }
  });

  /* Unsaved text: asks before leaving a form marked data-guard. */
  const dirty = new Set();
  document.addEventListener("input", (event) => { const form = event.target.closest("form[data-guard]"); if (form) dirty.add(form); });
  document.addEventListener("submit", (event) => dirty.delete(event.target));
  window.addEventListener("beforeunload", (event) => { if ([...dirty].some((form) => form.isConnected)) event.preventDefault(); });

  /* Columns: hidden ones are named in the URL (hide=2,4), so that a link shows what its sender saw. */
  const hidden = () => new Set((new URLSearchParams(location.search).get("hide") || "").split(",").filter(Boolean).map(Number));
  const applyColumns = (table, off) => {
    for (const row of table.rows) [...row.cells].forEach((cell, i) => { cell.hidden = off.has(i); });
  };
  const columns = (menu) => {
    const table = document.getElementById(menu.dataset.columnsOf);
    if (!table || menu.dataset.ready) return;
    menu.dataset.ready = "1";
    const off = hidden();
    const body = menu.querySelector(".menu-body");
    [...(table.tHead?.rows[0]?.cells || [])].forEach((cell, i) => {
      if (i === 0) return;
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !off.has(i) });
      box.addEventListener("change", () => {
        if (box.checked) off.delete(i); else off.add(i);
        const url = new URL(location.href);
        if (off.size) url.searchParams.set("hide", [...off].sort((a, b) => a - b).join(",")); else url.searchParams.delete("hide");
        history.replaceState(history.state, "", url);
        applyColumns(table, off);
      });
      label.append(box, cell.textContent.trim());
      body.append(label);
    });
    applyColumns(table, off);
  };

  /* Glossary help in place: the term's page as a small dialog. */
  document.addEventListener("click", async (event) => {
    const term = event.target.closest("a[data-term]");
    if (!term || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const answer = await fetch(term.href, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) { location.href = term.href; return; }
    const dialog = Object.assign(document.createElement("dialog"), { className: "dialog term-help", ariaLabel: term.textContent });
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    dialog.append(...parsed.body.childNodes);
    dialog.addEventListener("close", () => { dialog.remove(); term.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  });

  /* A table that fits needs no scrolling box of its own: then its head sticks under the top bar. */
  const fits = new ResizeObserver((entries) => {
    for (const { target } of entries) target.classList.toggle("fits", target.firstElementChild.scrollWidth <= target.clientWidth);
  });

  const dress = () => {
    for (const box of all(".table-scroll:not([data-watched])")) { box.dataset.watched = "1"; fits.observe(box); }
    for (const menu of all("[data-columns-of]")) columns(menu);
    for (const part of all("[data-dismiss-key]")) if (isDismissed(part.dataset.dismissKey)) part.remove();
    for (const scroller of all("[data-scroll-end]:not([data-scrolled])")) { scroller.dataset.scrolled = "1"; scroller.scrollLeft = scroller.scrollWidth; }
    document.querySelector("form[method=post] [data-focus]:not([data-focused])")?.focus();
    for (const part of all("[data-focus]")) part.dataset.focused = "1";
    ageToasts();
  };
  dress();
  document.addEventListener("htmx:after:swap", (event) => {
    dress();
    const busy = event.target.closest?.("[aria-busy]");
    if (busy) busy.removeAttribute("aria-busy");
  });
})();
