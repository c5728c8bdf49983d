// What was done, in steps that can be undone: one per cell that was typed in, one per paste, cut or fill.
import { tel } from "./totalen.js";
import { markeer, vraag } from "./vragen.js";

const gedaan = [], ongedaan = [];
let begin = "";

// The cell that gets the focus: from here on typing is a step of its own.
export function begint(cel) {
  begin = cel.value;
}

function schrijfCel(cel, tekst) {
  cel.value = tekst;
  markeer(cel);
  vraag(cel);
  if (cel === document.activeElement) begin = tekst;
}

// Set cells as one step that can be undone as one; return how many changed.
export function zet(paren) {
  const stap = paren.filter(([cel, tekst]) => cel.value !== tekst).map(([cel, tekst]) => [cel, cel.value, tekst]);
  if (!stap.length) return 0;
  gedaan.push(stap);
  ongedaan.length = 0;
  for (const [cel, , tekst] of stap) schrijfCel(cel, tekst);
  tel(...stap.map(([cel]) => cel));
  return stap.length;
}

// What was typed in the cell becomes a step.
export function legVast(cel) {
  if (cel.value === begin) return;
  gedaan.push([[cel, begin, cel.value]]);
  ongedaan.length = 0;
  begin = cel.value;
  markeer(cel);
  vraag(cel);
}

// Give the cell back as it was when it got the focus, or else as it was when the page came.
export function terug(cel) {
  if (cel.value === begin) zet([[cel, cel.dataset.gezien]]);
  else schrijfCel(cel, begin);
  tel(cel);
}

function speel(van, naar, welke) {
  const stap = van.pop();
  if (!stap) return;
  naar.push(stap);
  for (const [cel, oud, nieuw] of stap) schrijfCel(cel, welke === "oud" ? oud : nieuw);
  const cellen = stap.map(([cel]) => cel);
  cellen[0].focus();
  tel(...cellen);
}

export const maakOngedaan = () => speel(gedaan, ongedaan, "oud");
export const doeOpnieuw = () => speel(ongedaan, gedaan, "nieuw");
