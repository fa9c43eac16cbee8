/* The page of a case: the latest message in view, Ctrl+Enter sends, Esc leaves the answer, what was seen follows the live refresh. */
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const toEnd = () => {
    const box = document.querySelector("[data-scroll-end]");
    if (box) box.scrollTop = box.scrollHeight;
  };
  const keepSeen = () => {
    const seen = byId("case-main")?.dataset.seen;
    if (seen) for (const input of document.querySelectorAll("input[name=seen]")) input.value = seen;
  };
  document.addEventListener("keydown", (event) => {
    // Esc leaves the answer, whose text stays, so that the keys of the page work again.
    if (event.key === "Escape" && event.target.closest("#composer")) event.target.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#composer")) {
      event.preventDefault();
      byId("composer").requestSubmit();
    }
  });
  document.addEventListener("htmx:after:swap", () => { if (byId("case-main")) { keepSeen(); toEnd(); } });
  document.addEventListener("DOMContentLoaded", () => {
    toEnd();
    const refused = document.querySelector("form[data-opened]");
    if (refused) byId(refused.dataset.opened)?.showModal();
  });
  if (document.readyState !== "loading") toEnd();
})();
