// The desk's keys, palette and toasts. Everything here hastens what a link or a form on the page already does.
import { listen } from "./keys.js";
import { palette } from "./palette.js";
import { toasts } from "./toasts.js";
import { notes } from "./notes.js";

const { open } = palette();
listen(open);
toasts();
notes();
