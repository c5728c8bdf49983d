// Who else is here: a sign of life every half minute, and the line that the server answers with.
import { formulier } from "./blad.js";

const regel = document.querySelector("[data-aanwezig]");
const ELKE = 30_000;
let verstuurt = false;

function bericht(weg = false) {
  const inhoud = new FormData();
  inhoud.set("csrfmiddlewaretoken", formulier.elements.csrfmiddlewaretoken.value);
  if (weg) inhoud.set("weg", "1");
  return inhoud;
}

async function meld() {
  try {
    const antwoord = await fetch(regel.dataset.aanwezig, { method: "POST", body: bericht(), redirect: "error" });
    if (!antwoord.ok) return;
    const { zin } = await antwoord.json();
    // A status that is written again is read out again.
    if (regel.textContent !== zin) regel.textContent = zin;
  } catch {
    // No connection now: the next one will do.
  }
}

meld();
setInterval(meld, ELKE);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) meld();
});
formulier.addEventListener("submit", () => {
  verstuurt = true;
});
window.addEventListener("pageshow", ({ persisted }) => {
  verstuurt = false;
  if (persisted) meld();
});
// Who saves comes back at once.
window.addEventListener("pagehide", () => {
  if (!verstuurt) navigator.sendBeacon(regel.dataset.aanwezig, bericht(true));
});
