// The chosen block: from the cell where one stands to another corner. Without a block it is that one cell.
import { waardeVan, woord } from "./bedragen.js";
import { laatstePlek, plaatsVan, rooster, tabel } from "./blad.js";
import { zeg } from "./melden.js";

const RANDEN = ["rand-boven", "rand-onder", "rand-begin", "rand-eind"];
let hier = null, hoek = null;

export const heeftBlok = () => hoek !== null;
export const huidigeCel = () => hier;

// The first and last row and column of the block, or null when one stands nowhere yet.
export function vak() {
  if (!hier) return null;
  const [r, k] = plaatsVan(hier), [r2, k2] = hoek ?? [r, k];
  return { r0: Math.min(r, r2), r1: Math.max(r, r2), k0: Math.min(k, k2), k1: Math.max(k, k2) };
}

// The cells of the block, row by row.
export function gekozen() {
  const grens = vak();
  return grens ? rooster.slice(grens.r0, grens.r1 + 1).map((rij) => rij.slice(grens.k0, grens.k1 + 1)) : [];
}

export function staOp(cel) {
  hier = cel;
  stop();
}

export function stop() {
  if (!hoek) return false;
  hoek = null;
  toon();
  return true;
}

// Make the block reach to this corner; back to where it began it is a single cell again.
export function breidUit(r, k, stil = false) {
  const [laatsteRij, laatsteKolom] = laatstePlek(), [r0, k0] = plaatsVan(hier);
  const doel = [Math.min(Math.max(r, 0), laatsteRij), Math.min(Math.max(k, 0), laatsteKolom)];
  hoek = doel[0] === r0 && doel[1] === k0 ? null : doel;
  toon();
  rooster[doel[0]][doel[1]].scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!stil) zeg(hoek ? `${omvang()} gekozen, som ${som()}.` : "Eén cel gekozen.", 150);
}

export function verschuif(rijen, kolommen) {
  const [r, k] = hoek ?? plaatsVan(hier);
  breidUit(r + rijen, k + kolommen);
}

// Stand at the first corner, and choose up to the second one. `stil` when something else is said about it.
export function kies({ r0, k0, r1, k1 }, stil = false) {
  rooster[r0][k0].focus();
  staOp(rooster[r0][k0]);
  if (r1 > r0 || k1 > k0) breidUit(r1, k1, stil);
}

export function omvang() {
  const cellen = gekozen();
  return `${cellen.length} \u00d7 ${cellen[0].length} cellen`;
}

const som = () => woord(gekozen().flat().reduce((totaal, cel) => totaal + waardeVan(cel), 0n));

function toon() {
  for (const vakje of tabel.querySelectorAll("td.gekozen")) vakje.classList.remove("gekozen", ...RANDEN);
  if (!hoek) return;
  const cellen = gekozen();
  cellen.forEach((rij, r) =>
    rij.forEach((cel, k) => {
      const aan = [r === 0, r === cellen.length - 1, k === 0, k === rij.length - 1];
      cel.closest("td").classList.add("gekozen", ...RANDEN.filter((_, i) => aan[i]));
    }),
  );
}
