// Keys of the desk: "/" to the search, "?" to the list of keys, g and a letter to a place, arrows through what was found.
// Everything they do is a link or a field on the page as well, so that the page works without this file.
(() => {
  "use strict";

  const results = () => [...document.querySelectorAll(".results a")];
  const searchField = () =>
    ["main", "header"]
      .map((part) => document.querySelector(`${part} input[type=search]`))
      .find((field) => field?.checkVisibility());
  let going = 0;

  const goTo = (letter) => {
    const link = document.querySelector(`nav.places a[data-key="${letter}"]`);
    if (link) link.click();
    return Boolean(link);
  };

  const move = (step) => {
    const links = results();
    if (!links.length) return false;
    const here = links.indexOf(document.activeElement);
    if (here + step < 0) searchField()?.focus();
    else links[Math.min(here + step, links.length - 1)].focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    const searching = field && field.type === "search";
    const sheet = document.querySelector("dialog.keys");
    if (sheet?.open) return;

    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (searching || event.target.closest(".results"))) {
      if (move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    } else if (event.key === "Escape" && searching) {
      if (field.closest("header")) field.value = "";
      field.blur();
    } else if (event.key === "Escape" && event.target.closest(".results")) {
      searchField()?.focus();
    } else if (field) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      const found = searchField();
      if (found) {
        found.focus();
        found.select();
      } else document.querySelector(".search-link")?.click();
    } else if (event.key === "?" && sheet) {
      event.preventDefault();
      sheet.showModal();
    } else if (event.key === "g") {
      going = event.timeStamp;
    } else if (going && event.timeStamp - going < 1500) {
      going = 0;
      if (goTo(event.key)) event.preventDefault();
    } else going = 0;
  });
})();
