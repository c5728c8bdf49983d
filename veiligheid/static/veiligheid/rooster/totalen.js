// Totals, differences and notes that follow what is typed, and how much is not saved yet.
import { abs, kort, waardeVan, woord } from "./bedragen.js";
import { formulier, isCel, kolommen, koppen, plaatsVan, rijen, rooster, tabel, weg } from "./blad.js";
import { zeg } from "./melden.js";
import { gewijzigd } from "./vragen.js";

const PLUS = { lasten: "lasten", baten: "baten", toevoeging: "toevoegingen", onttrekking: "onttrekkingen" };
const vergelijkKolom = tabel.dataset.vergelijk === "kolom";
const van = kolommen.indexOf(tabel.dataset.van), naar = kolommen.indexOf(tabel.dataset.naar);
const velden = [...formulier.querySelectorAll("[data-gezien], [data-weg]")];

const opslag = (rij, cel) => ("omgekeerd" in rij.dataset ? -waardeVan(cel) : waardeVan(cel));

function sommen() {
  const som = { lasten: [], baten: [], toevoegingen: [], onttrekkingen: [], saldo: [], resultaat: [] };
  for (const lijst of Object.values(som)) lijst.push(...kolommen.map(() => 0n));
  rijen.forEach((rij, r) => {
    if (weg(rij)) return;
    const soort = PLUS[rij.closest("tbody").dataset.soort];
    rooster[r].forEach((cel, k) => {
      som[soort][k] += opslag(rij, cel);
    });
  });
  kolommen.forEach((_, k) => {
    som.saldo[k] = som.lasten[k] + som.baten[k];
    som.resultaat[k] = som.saldo[k] + som.toevoegingen[k] + som.onttrekkingen[k];
  });
  return som;
}

function toonTotalen(som) {
  for (const rij of tabel.querySelectorAll("tr[data-totaal]")) {
    const eigen = som[rij.dataset.totaal], om = "omgekeerd" in rij.dataset ? -1n : 1n;
    rij.querySelectorAll("td[data-kolom]").forEach((cel, k) => {
      cel.querySelector("output").textContent = kort(om * eigen[k]);
      const vorig = vergelijkKolom ? eigen[k - 1] : "vorig" in cel.dataset ? BigInt(cel.dataset.vorig) : undefined;
      cel.querySelector("[data-anders]").textContent = vorig === undefined ? "" : kort(om * (eigen[k] - vorig), true);
    });
  }
}

function toonRegel(sleutel) {
  const delen = rijen.filter((rij) => rij.dataset.rij === sleutel);
  const som = kolommen.map((_, k) => delen.reduce((t, rij) => t + opslag(rij, rooster[rijen.indexOf(rij)][k]), 0n));
  const eerste = delen[0], om = "omgekeerd" in eerste.dataset ? -1n : 1n;
  const noten = [];
  if (van >= 0 && naar >= 0) {
    const verschil = som[naar] - som[van];
    eerste.querySelector("[data-verschil]").textContent = kort(om * verschil, true) + deel(om * verschil, som[van]);
    const toelichting = eerste.querySelector("textarea");
    if (abs(verschil) * 4n > abs(som[van]) && !toelichting?.value.trim()) {
      noten.push("Meer dan 25 % verschil zonder toelichting. Schrijf bij de regel waarom.");
    }
  }
  const negatief = ["lasten", "toevoeging"].includes(eerste.closest("tbody").dataset.soort);
  const vreemd = som.findIndex((bedrag) => bedrag !== 0n && bedrag < 0n !== negatief);
  if (vreemd >= 0) noten.push(`Ongewoon teken in ${koppen[vreemd].textContent}. Kijk na of het klopt.`);
  eerste.querySelector("[data-noten]").replaceChildren(
    ...noten.map((zin) => {
      const noot = document.createElement("span");
      noot.className = "noot";
      noot.textContent = zin;
      return noot;
    }),
  );
}

function deel(verschil, eerst) {
  if (eerst === 0n) return "";
  const promille = (abs(verschil) * 2000n + abs(eerst)) / (abs(eerst) * 2n);
  const teken = promille === 0n ? "" : verschil < 0n ? "\u2212" : "+";
  return ` (${teken}${(promille / 10n).toString().replace(/\B(?=(\d{3})+$)/g, ".")},${promille % 10n}%)`;
}

export const openstaand = () => velden.filter(gewijzigd).length;
export const nogNiet = (aantal) => `${aantal} ${aantal === 1 ? "wijziging" : "wijzigingen"} nog niet opgeslagen.`;

// Count again after these fields changed, and say what came of it.
export function tel(...veranderd) {
  const som = sommen(), laatste = veranderd.at(-1);
  toonTotalen(som);
  const geraakt = new Set(veranderd.map((veld) => veld.closest("tr.invoer")));
  for (const rij of geraakt) rij.classList.toggle("gaatweg", weg(rij));
  for (const sleutel of new Set([...geraakt].map((rij) => rij.dataset.rij))) toonRegel(sleutel);
  const aantal = openstaand();
  const stand = aantal ? nogNiet(aantal) : "Alles is zoals het was.";
  zeg(isCel(laatste) ? `${totaalZin(laatste, som)} ${stand}` : stand);
}

function totaalZin(cel, som) {
  const totaal = cel.closest("tbody").querySelector("tr[data-totaal]"), k = plaatsVan(cel)[1];
  const om = "omgekeerd" in totaal.dataset ? -1n : 1n;
  const naam = totaal.querySelector("th").textContent.trim();
  return `${naam} ${koppen[k].textContent}: ${woord(om * som[totaal.dataset.totaal][k])}. Resultaat: ${woord(som.resultaat[k])}.`;
}
