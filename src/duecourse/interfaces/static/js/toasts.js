// A toast goes after ten seconds; it waits while the pointer or the focus is on it. Without a script it just stays.
export function toasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) {
    const shown = toast.querySelector("[data-left]");
    let left = 10;
    let held = false;
    for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, () => (held = true));
    for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, () => (held = false));
    const clock = setInterval(() => {
      if (held) return;
      left -= 1;
      if (shown) shown.textContent = `${left} s`;
      if (left <= 0) {
        clearInterval(clock);
        toast.remove();
      }
    }, 1000);
    if (shown) shown.textContent = `${left} s`;
  }
}
