// «All shown» of a column of the cohort board chooses its cards.
for (const all of document.querySelectorAll("[data-all]")) {
  all.addEventListener("change", () => {
    for (const one of all.closest(".board-column").querySelectorAll('input[name="who"]')) one.checked = all.checked;
  });
}
