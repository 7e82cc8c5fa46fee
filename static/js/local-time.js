// Adds the reader's own zone to every instant: "Thu 26 Nov 2026, 18:00 (17:00 UTC)".
// Says back an instant that is typed in UTC. Without it the page shows UTC alone, which is right too. Also runs over parts that htmx puts in.
(() => {
  "use strict";

  const two = (number) => String(number).padStart(2, "0");
  const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  const localise = (element) => {
    const instant = new Date(element.dateTime);
    if (Number.isNaN(instant.getTime()) || instant.getTimezoneOffset() === 0) return;
    const form = element.dataset.form || "";
    const seconds = form === "seconds";
    const local = `${two(instant.getHours())}:${two(instant.getMinutes())}` + (seconds ? `:${two(instant.getSeconds())}` : "");
    const utc = `${two(instant.getUTCHours())}:${two(instant.getUTCMinutes())}` + (seconds ? `:${two(instant.getUTCSeconds())}` : "");
    const otherDay = instant.getUTCDate() !== instant.getDate();
    const utcText = otherDay ? `${instant.getUTCDate()} ${MONTHS[instant.getUTCMonth()]}, ${utc} UTC` : `${utc} UTC`;
    const weekday = form === "short" ? "" : `${WEEKDAYS[instant.getDay()]} `;
    element.textContent =
      `${weekday}${instant.getDate()} ${MONTHS[instant.getMonth()]} ${instant.getFullYear()}, ${local} (${utcText})`;
    element.dataset.localised = "true";
  };

  const localiseAll = (root) => root.querySelectorAll("time.moment:not([data-localised])").forEach(localise);

  // What is typed in UTC, said back in full: in the reader's zone with UTC beside it.
  const sayBack = (field) => {
    const said = field.parentElement.querySelector("output.said");
    const instant = new Date(`${field.value}Z`);
    if (!field.value || Number.isNaN(instant.getTime())) {
      said.textContent = "";
      return;
    }
    const time = document.createElement("time");
    time.dateTime = instant.toISOString();
    time.textContent = `${WEEKDAYS[instant.getUTCDay()]} ${instant.getUTCDate()} ${MONTHS[instant.getUTCMonth()]} ${instant.getUTCFullYear()}, ${two(instant.getUTCHours())}:${two(instant.getUTCMinutes())} UTC`;
    localise(time);
    said.replaceChildren("That is ", time, ".");
  };

  document.querySelectorAll("input[data-utc]").forEach((field) => {
    const said = document.createElement("output");
    said.className = "said hint";
    said.htmlFor = field.id;
    field.after(said);
    field.addEventListener("input", () => sayBack(field));
    sayBack(field);
  });

  localiseAll(document);
  document.addEventListener("htmx:afterSettle", (event) => localiseAll(event.target.parentElement || document));
})();
