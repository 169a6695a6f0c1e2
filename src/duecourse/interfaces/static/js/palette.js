// The command palette: what can be done here, where one can go, and customers as the server finds them.
import { press } from "./keys.js";

const dialog = document.getElementById("palette");
const input = document.getElementById("pal");
const list = document.getElementById("palist");
let options = [];
let chosen = 0;
let asked = 0;

function here() {
  const names = new Map();
  for (const element of document.querySelectorAll("[data-key], [data-focus]")) {
    const key = element.dataset.key || element.dataset.focus;
    const field = element.dataset.focus ? document.querySelector(`label[for="${element.id}"]`)?.textContent : null;
    const text = (field || element.textContent).replace(/\s+/g, " ").replace(new RegExp(`\\s${key}$`), "").trim();
    if (text && !names.has(key)) names.set(key, { name: text, keys: [key], go: () => press(key) });
  }
  return [...names.values()];
}

function places() {
  return [...document.querySelectorAll(".rail a")].map((a) => {
    const keys = a.querySelector(".g")?.textContent.trim().split(" ") ?? [];
    const name = [...a.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent).join("").trim();
    return { name, keys, go: () => a.click() };
  });
}

async function customers(query) {
  const mine = ++asked;
  const answer = await fetch(`/desk/find/?as=palette&q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || mine !== asked) return null;
  const { hits } = await answer.json();
  return hits.map((hit) => ({ name: hit.name, note: hit.note, keys: [], go: () => location.assign(hit.url) }));
}

function draw(groups) {
  list.replaceChildren();
  options = [];
  for (const [title, entries] of groups) {
    if (!entries.length) continue;
    const group = list.appendChild(document.createElement("div"));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", title);
    const heading = group.appendChild(document.createElement("p"));
    heading.className = "ph";
    heading.setAttribute("aria-hidden", "true");
    heading.textContent = title;
    for (const entry of entries) {
      const option = group.appendChild(document.createElement("div"));
      option.setAttribute("role", "option");
      option.id = `o${options.length}`;
      option.append(entry.name);
      if (entry.note) option.appendChild(document.createElement("small")).textContent = entry.note;
      for (const key of entry.keys) option.appendChild(document.createElement("kbd")).textContent = key;
      option.addEventListener("click", () => run(entry));
      options.push([option, entry]);
    }
  }
  choose(0);
}

function choose(index) {
  chosen = Math.max(0, Math.min(options.length - 1, index));
  options.forEach(([option], i) => option.setAttribute("aria-selected", String(i === chosen)));
  if (options[chosen]) {
    input.setAttribute("aria-activedescendant", options[chosen][0].id);
    options[chosen][0].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

function run(entry) {
  dialog.close();
  entry.go();
}

async function look() {
  const query = input.value.trim();
  const fits = (entry) => entry.name.toLowerCase().includes(query.toLowerCase());
  const groups = [["Here", here().filter(fits)], ["Go to", places().filter(fits)]];
  draw(groups);
  if (query.length < 2) return;
  const found = await customers(query);
  if (found && dialog.open) draw([...groups, ["Customers", found]]);
}

export function palette() {
  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter" && options[chosen]) run(options[chosen][1]);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return {
    open() {
      input.value = "";
      dialog.showModal();
      look();
      input.focus();
    },
  };
}
