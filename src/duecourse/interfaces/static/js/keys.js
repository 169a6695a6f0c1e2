// Single keys: j and k move in a list; a letter presses what carries it as data-key. Never while somebody types.
const GO = "g";
const F_KEYS = { F2: "l", F3: "p", F4: "h", F7: "d", F8: "n", F9: "z" };
const set = document.body.dataset.keys || "on";
let went = 0;

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]") && !target.matches("[type=radio], [type=checkbox]");
const rows = () => [...document.querySelectorAll("[data-list] [data-row], tbody [data-row]")];

function current() {
  return document.querySelector("[data-row].row--now, [data-row][data-current=true]");
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  for (const row of all) {
    row.classList.toggle("row--now", row === next && row.classList.contains("row"));
    if (row.classList.contains("row")) continue;
    row.dataset.current = String(row === next);
  }
  const link = next.querySelector("[data-open]");
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// What a key presses: in the current row first, then anywhere on the page.
function pressed(key) {
  const here = current()?.querySelector(`[data-key="${key}"]`);
  const elsewhere = [...document.querySelectorAll(`[data-key="${key}"]`)].find((e) => !e.closest("[data-row]"));
  return here || elsewhere;
}

function focusOn(key) {
  const field = document.querySelector(`[data-focus="${key}"]`);
  if (!field || current()) return false;
  field.closest(".panel")?.scrollIntoView({ block: "nearest" });
  field.focus();
  return true;
}

export function press(key) {
  if (focusOn(key)) return true;
  const found = pressed(key);
  if (!found) return false;
  found.click();
  return true;
}

export function listen(openPalette) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey && event.key === "Enter" && typing(event.target)) {
      event.target.form?.requestSubmit();
      return;
    }
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
    if (document.querySelector("dialog[open]")) return;
    if (set === "f" && F_KEYS[event.key]) {
      if (press(F_KEYS[event.key])) event.preventDefault();
      return;
    }
    if (set !== "on" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (went && event.timeStamp - went < 1500) {
      went = 0;
      const there = [...document.querySelectorAll(".rail a")].find((a) => a.querySelector(".g")?.textContent.trim() === `g ${event.key}`);
      if (there) there.click();
      event.preventDefault();
      return;
    }
    if (event.key === GO) went = event.timeStamp;
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?") document.getElementById("cheat").showModal();
    else if (event.key === "/") document.getElementById("q").focus();
    else if (!press(event.key)) return;
    event.preventDefault();
  });
  // Rows that were added to a list came with an open row of their own: only one is open.
  document.body.addEventListener("htmx:afterSettle", () => {
    for (const extra of [...document.querySelectorAll(".row--now")].slice(1)) extra.classList.remove("row--now");
  });
}
