// Listening notes survive a closed tab: kept in this browser as they are typed, dropped once they are logged.
export function notes() {
  for (const field of document.querySelectorAll("[data-keep]")) {
    const key = field.dataset.keep;
    const saved = field.parentElement.querySelector("[data-saved]");
    const kept = localStorage.getItem(key);
    if (kept && !field.value) field.value = kept;
    field.addEventListener("input", () => {
      localStorage.setItem(key, field.value);
      if (saved) saved.textContent = `Kept in this browser, ${new Date().toLocaleTimeString()}`;
    });
    field.form.addEventListener("submit", () => localStorage.removeItem(key));
  }
}
