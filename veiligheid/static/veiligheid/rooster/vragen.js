// What is marked in a cell: that it was changed, and what cannot be read in one way.
import { ontleed } from "./bedragen.js";

const { schrijf } = window.getallen;

export const gewijzigd = (veld) =>
  veld.type === "checkbox" ? veld.checked : veld.value.trim() !== veld.dataset.gezien.trim().replaceAll("\r\n", "\n");

export function markeer(cel) {
  const anders = gewijzigd(cel);
  cel.closest("td").classList.toggle("gewijzigd", anders);
  document.getElementById(`g-${cel.id}`).textContent = anders ? "gewijzigd" : "";
}

export function vraag(cel) {
  const fout = document.getElementById(`f-${cel.id}`);
  const gelezen = gewijzigd(cel) ? ontleed(cel.value) : { soort: "leeg" };
  const goed = gelezen.soort === "leeg" || gelezen.soort === "getal";
  fout.replaceChildren();
  fout.hidden = goed;
  if (goed) {
    cel.removeAttribute("aria-invalid");
    cel.removeAttribute("aria-describedby");
    return;
  }
  cel.setAttribute("aria-invalid", "true");
  cel.setAttribute("aria-describedby", fout.id);
  const zin = document.createElement("span");
  zin.textContent = gelezen.soort === "meerduidig" ? `Wat betekent ${cel.value.trim()}?` : "Dit is geen getal zoals 3.516.";
  fout.append(zin);
  for (const lezing of gelezen.lezingen ?? []) fout.append(" ", keuzeknop(schrijf(lezing)));
}

function keuzeknop(tekst) {
  const knop = document.createElement("button");
  knop.type = "button";
  knop.className = "kies alleen-script";
  knop.dataset.lezing = tekst;
  knop.textContent = tekst;
  return knop;
}
