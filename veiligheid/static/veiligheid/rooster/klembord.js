// Copy, cut and paste as tab-separated text, the way Excel and LibreOffice put it on the clipboard.
import { isCel, laatstePlek, rooster, tabel } from "./blad.js";
import { vraagEenheid } from "./eenheid.js";
import { gekozen, heeftBlok, huidigeCel, kies, omvang, vak } from "./keuze.js";
import { knop, zeg } from "./melden.js";
import { legVast, maakOngedaan, zet } from "./stappen.js";

const plakbalk = document.querySelector("[data-plakbalk]");

// --- out ------------------------------------------------------------------------------------------------------------

const alsVeld = (cel) => {
  const tekst = cel.value.trim().replaceAll("\u2212", "-");
  return /["\t]/.test(tekst) ? `"${tekst.replaceAll('"', '""')}"` : tekst;
};

// Every row ends with a line end, so that empty rows at the end come along; one cell is just its text.
function tekstVanKeuze() {
  if (!heeftBlok()) return alsVeld(huidigeCel());
  return gekozen().map((rij) => `${rij.map(alsVeld).join("\t")}\r\n`).join("");
}

// Whether a part of the text in the cell is meant, and not the cell.
function deelVanTekst(cel) {
  const lengte = cel.selectionEnd - cel.selectionStart;
  return !heeftBlok() && lengte > 0 && lengte < cel.value.length;
}

const wat = () => (heeftBlok() ? omvang() : "1 cel");

export function maakLeeg(zin = "leeggemaakt") {
  legVast(huidigeCel());
  const tekst = `${wat()} ${zin}.`;
  zet(gekozen().flat().map((cel) => [cel, ""]));
  zeg(tekst, 150);
}

function naarKlembord(gebeurtenis) {
  if (!isCel(gebeurtenis.target) || deelVanTekst(gebeurtenis.target)) return false;
  gebeurtenis.clipboardData.setData("text/plain", tekstVanKeuze());
  gebeurtenis.preventDefault();
  return true;
}

tabel.addEventListener("copy", (gebeurtenis) => {
  if (naarKlembord(gebeurtenis)) zeg(`${wat()} gekopieerd.`, 150);
});
tabel.addEventListener("cut", (gebeurtenis) => {
  if (naarKlembord(gebeurtenis)) maakLeeg("geknipt");
});

// The same by button; the browser may refuse it there.
export async function kopieer() {
  try {
    await navigator.clipboard.writeText(tekstVanKeuze());
  } catch {
    zeg("Uw browser staat kopiëren met een knop niet toe. Gebruik Ctrl+C of Ctrl+X.", 0);
    return false;
  }
  zeg(`${wat()} gekopieerd.`, 150);
  return true;
}

export async function knip() {
  if (await kopieer()) maakLeeg("geknipt");
}

// --- in -------------------------------------------------------------------------------------------------------------

// A cell with a line end or a quote stands in quotes. One line end closes the last row; it begins no new one.
function blok(tekst) {
  const regels = [[""]];
  let aangehaald = false;
  const bron = tekst.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < bron.length; i++) {
    const teken = bron[i], rij = regels.at(-1);
    if (aangehaald) {
      if (teken !== '"') rij[rij.length - 1] += teken;
      else if (bron[i + 1] === '"') rij[rij.length - 1] += bron[++i];
      else aangehaald = false;
    } else if (teken === '"' && rij.at(-1) === "") aangehaald = true;
    else if (teken === "\t") rij.push("");
    else if (teken === "\n") regels.push([""]);
    else rij[rij.length - 1] += teken;
  }
  return regels;
}

// A block of which what is pasted fits a whole number of times is filled with it; else it comes once, from the corner.
function plak(waarden) {
  const hoog = waarden.length, breed = Math.max(...waarden.map((rij) => rij.length));
  const { r0, k0, r1, k1 } = vak(), hoogte = r1 - r0 + 1, breedte = k1 - k0 + 1;
  const past = hoogte % hoog === 0 && breedte % breed === 0;
  const [aantal, perRij] = past ? [hoogte, breedte] : [hoog, breed];
  const paren = [];
  let buiten = 0;
  for (let r = 0; r < aantal; r++) {
    for (let k = 0; k < perRij; k++) {
      const tekst = waarden[r % hoog][k % breed], doel = rooster[r0 + r]?.[k0 + k];
      if (tekst === undefined) continue;
      if (doel) paren.push([doel, tekst.trim().slice(0, 60)]);
      else if (tekst.trim()) buiten += 1;
    }
  }
  const [laatsteRij, laatsteKolom] = laatstePlek();
  legVast(huidigeCel());
  zet(paren);
  kies({ r0, k0, r1: Math.min(r0 + aantal - 1, laatsteRij), k1: Math.min(k0 + perRij - 1, laatsteKolom) }, true);
  huidigeCel().select();
  meldPlakken(`${aantal} \u00d7 ${perRij} waarden geplakt`, paren, buiten);
}

function meldPlakken(hoeveel, paren, buiten) {
  const vragen = paren.map(([doel]) => doel).filter((doel) => doel.hasAttribute("aria-invalid"));
  const delen = [`${hoeveel}, ${vragen.length || "geen"} ${vragen.length === 1 ? "vraag" : "vragen"}.`];
  if (buiten) delen.push(`${buiten} ${buiten === 1 ? "waarde viel" : "waarden vielen"} buiten de tabel en ${buiten === 1 ? "is" : "zijn"} niet geplakt. Voeg eerst regels toe.`);
  const zin = document.createElement("span");
  zin.textContent = delen.join(" ");
  plakbalk.replaceChildren(zin);
  if (vragen.length) plakbalk.append(knop("Naar de eerste vraag", () => vragen[0].focus()));
  plakbalk.append(
    knop("Plakken ongedaan maken", () => {
      maakOngedaan();
      plakbalk.hidden = true;
    }),
  );
  plakbalk.hidden = false;
  zeg(zin.textContent, 0);
  vraagEenheid(zin);
}

tabel.addEventListener("paste", (gebeurtenis) => {
  if (!isCel(gebeurtenis.target)) return;
  const tekst = gebeurtenis.clipboardData.getData("text/plain");
  if (!heeftBlok() && !/[\t\n\r]/.test(tekst)) return;
  gebeurtenis.preventDefault();
  plak(blok(tekst));
});
