// The keyboard and the mouse: moving, choosing a block, and changing the text inside a cell (F2 or a double click).
import { isCel, laatstePlek, plaatsVan, rooster, tabel } from "./blad.js";
import { breidUit, heeftBlok, huidigeCel, kies, staOp, stop, verschuif } from "./keuze.js";
import { maakLeeg } from "./klembord.js";
import { zeg } from "./melden.js";
import { begint, doeOpnieuw, legVast, maakOngedaan, terug } from "./stappen.js";
import { tel } from "./totalen.js";
import { markeer, vraag } from "./vragen.js";
import { vulOmlaag, vulRechts } from "./vullen.js";

const PIJLEN = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
let inTekst = false, sleep = null;

function ga(cel, rijen, kolommen) {
  const [r, k] = plaatsVan(cel), doel = rooster[r + rijen]?.[k + kolommen];
  stop();
  doel?.focus();
  return Boolean(doel);
}

function aanDeRand(cel, stap) {
  if (!inTekst) return true;
  if (cel.selectionStart !== cel.selectionEnd) return false;
  return cel.selectionStart === (stap < 0 ? 0 : cel.value.length);
}

// The keys with Ctrl (or Command); what is not here is the browser's.
const MET_CTRL = {
  z: (cel, shift) => (shift ? doeOpnieuw() : (legVast(cel), maakOngedaan())),
  y: () => doeOpnieuw(),
  a: () => kiesAlles(),
  r: () => vulRechts(),
  d: () => vulOmlaag(),
  home: (cel, shift) => (shift ? breidUit(0, 0) : naar(0, 0)),
  end: (cel, shift) => (shift ? breidUit(...laatstePlek()) : naar(...laatstePlek())),
};

const OOK_MET_SHIFT = new Set(["z", "home", "end"]);

function kiesAlles() {
  const [r1, k1] = laatstePlek();
  kies({ r0: 0, k0: 0, r1, k1 });
}

function naar(r, k) {
  stop();
  rooster[r][k].focus();
}

function pijl(gebeurtenis, cel) {
  const [rijen, kolommen] = PIJLEN[gebeurtenis.key];
  if (gebeurtenis.shiftKey) {
    if (inTekst) return;
    legVast(cel);
    verschuif(rijen, kolommen);
  } else if (kolommen && !(aanDeRand(cel, kolommen) && ga(cel, 0, kolommen))) {
    return;
  } else if (rijen) {
    ga(cel, rijen, 0);
  }
  gebeurtenis.preventDefault();
}

function esc(cel) {
  if (stop()) return zeg("De keuze is opgeheven.", 150);
  terug(cel);
  inTekst = false;
  cel.select();
}

function toets(gebeurtenis) {
  const cel = gebeurtenis.target;
  if (!isCel(cel) || gebeurtenis.altKey || gebeurtenis.isComposing) return;
  const doe = (actie) => {
    gebeurtenis.preventDefault();
    actie();
  };
  if (gebeurtenis.ctrlKey || gebeurtenis.metaKey) {
    const naam = gebeurtenis.key.toLowerCase();
    const vrij = (gebeurtenis.shiftKey && !OOK_MET_SHIFT.has(naam)) || (inTekst && naam === "a");
    const actie = vrij ? undefined : MET_CTRL[naam];
    if (actie) doe(() => actie(cel, gebeurtenis.shiftKey));
    return;
  }
  if (gebeurtenis.key in PIJLEN) return pijl(gebeurtenis, cel);
  switch (gebeurtenis.key) {
    case "Enter":
      return doe(() => ga(cel, gebeurtenis.shiftKey ? -1 : 1, 0));
    case "Delete":
    case "Backspace":
      if (heeftBlok()) doe(() => maakLeeg());
      return;
    case "F2":
      return doe(() => {
        stop();
        inTekst = true;
        cel.setSelectionRange(cel.value.length, cel.value.length);
      });
    case "Escape":
      return doe(() => esc(cel));
  }
}

// Enter in a description goes on to the amounts; only the button and Ctrl+S save.
function enterInTekst(gebeurtenis) {
  const veld = gebeurtenis.target;
  if (gebeurtenis.key !== "Enter" || !veld.matches("input.tekst")) return;
  gebeurtenis.preventDefault();
  veld.closest("tr").querySelector("input.cel")?.focus();
}

tabel.addEventListener("keydown", toets);
tabel.addEventListener("keydown", enterInTekst);
tabel.addEventListener("focusin", ({ target }) => {
  if (!isCel(target)) return;
  inTekst = false;
  begint(target);
  staOp(target);
  target.select();
  target.closest("tr").classList.add("hier");
});
tabel.addEventListener("focusout", ({ target }) => {
  target.closest("tr")?.classList.remove("hier");
  if (isCel(target)) legVast(target);
});
tabel.addEventListener("dblclick", ({ target }) => {
  inTekst ||= isCel(target);
});
tabel.addEventListener("input", ({ target }) => {
  if (isCel(target)) {
    stop();
    markeer(target);
    if (target.hasAttribute("aria-invalid")) vraag(target);
    tel(target);
  } else if (target.matches(".tekst, [data-weg]")) {
    tel(target);
  }
});

// --- the mouse ------------------------------------------------------------------------------------------------------

const kiesknop = document.querySelector("[data-doe=kies]");
export const wisselKiezen = () => kiesknop.setAttribute("aria-pressed", String(!kiest()));
const kiest = () => kiesknop.getAttribute("aria-pressed") === "true";

tabel.addEventListener("mousedown", (gebeurtenis) => {
  const cel = gebeurtenis.target;
  if (!isCel(cel) || gebeurtenis.button !== 0) return;
  const staat = huidigeCel();
  if ((gebeurtenis.shiftKey || kiest()) && staat && staat !== cel) {
    gebeurtenis.preventDefault();
    staat.focus();
    breidUit(...plaatsVan(cel));
    if (kiest()) wisselKiezen();
    return;
  }
  stop();
  sleep = inTekst && cel === document.activeElement ? null : cel;
});
// Dragging from one cell to another chooses what lies between.
tabel.addEventListener("mouseover", ({ target, buttons }) => {
  if (buttons !== 1 || !sleep || !isCel(target)) return;
  if (target !== sleep || heeftBlok()) breidUit(...plaatsVan(target));
});
// Not the text: the browser would carry it off to another cell, outside what can be undone.
tabel.addEventListener("dragstart", (gebeurtenis) => {
  if (isCel(gebeurtenis.target)) gebeurtenis.preventDefault();
});
document.addEventListener("mouseup", () => {
  sleep = null;
});
