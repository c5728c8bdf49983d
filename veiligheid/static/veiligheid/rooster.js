// The grid as a spreadsheet: keyboard, blocks, clipboard, undo and live totals on top of a form that works without this
// script. Nothing here is stored; the server decides.
import "./rooster/aanwezig.js";
import { formulier, isCel, rijen, tabel, weg } from "./rooster/blad.js";
import { huidigeCel, kies, vak } from "./rooster/keuze.js";
import { knip, kopieer, maakLeeg } from "./rooster/klembord.js";
import { zeg } from "./rooster/melden.js";
import { doeOpnieuw, legVast, maakOngedaan, zet } from "./rooster/stappen.js";
import { wisselKiezen } from "./rooster/toetsen.js";
import { nogNiet, openstaand } from "./rooster/totalen.js";
import { vulOmlaag, vulRechts } from "./rooster/vullen.js";

document.documentElement.classList.add("met-script");

// --- the buttons above the grid -------------------------------------------------------------------------------------

const DOE = { kies: wisselKiezen, kopieer, knip, leeg: () => maakLeeg(), rechts: vulRechts, omlaag: vulOmlaag };
const STAPPEN = { ongedaan: maakOngedaan, opnieuw: doeOpnieuw };

document.querySelector("[data-gereedschap]").addEventListener("click", async ({ target }) => {
  const wat = target.closest("button")?.dataset.doe;
  if (!wat) return;
  if (wat in STAPPEN) return STAPPEN[wat]();
  if (!huidigeCel()) return zeg("Ga eerst in een cel staan.", 0);
  await DOE[wat]();
  // Back to the cell, with the block that was chosen.
  kies(vak(), true);
});

tabel.addEventListener("click", (gebeurtenis) => {
  const knop = gebeurtenis.target.closest("button[data-lezing]");
  if (!knop) return;
  const cel = knop.closest("td").querySelector("input.cel");
  zet([[cel, knop.dataset.lezing]]);
  cel.focus();
});

// --- leaving, saving, and where to begin ----------------------------------------------------------------------------

let verstuurt = false;
formulier.addEventListener("submit", () => {
  verstuurt = true;
});
window.addEventListener("pageshow", () => {
  verstuurt = false;
});
window.addEventListener("beforeunload", (gebeurtenis) => {
  if (isCel(document.activeElement)) legVast(document.activeElement);
  if (!verstuurt && openstaand()) gebeurtenis.preventDefault();
});
document.addEventListener("keydown", (gebeurtenis) => {
  if ((gebeurtenis.ctrlKey || gebeurtenis.metaKey) && gebeurtenis.key.toLowerCase() === "s") {
    gebeurtenis.preventDefault();
    formulier.requestSubmit(formulier.querySelector(".opslaan button"));
  }
});
document.querySelector(".vragenblok")?.addEventListener("click", (gebeurtenis) => {
  const link = gebeurtenis.target.closest("a");
  const doel = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!doel) return;
  gebeurtenis.preventDefault();
  doel.focus();
  doel.scrollIntoView({ block: "center", inline: "center" });
});

for (const rij of rijen) rij.classList.toggle("gaatweg", weg(rij));
if (openstaand()) zeg(nogNiet(openstaand()), 0);
const eersteNieuwe = [...tabel.querySelectorAll("tr.nieuw input.tekst")].find((veld) => !veld.value);
(document.querySelector(".vragenblok, .eenheidvraag") ?? eersteNieuwe)?.focus();
