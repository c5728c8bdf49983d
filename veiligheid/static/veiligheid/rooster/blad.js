// The grid as it stands in the page: its rows, its cells, and where each cell is.
export const formulier = document.getElementById("rooster");
export const tabel = document.querySelector("table.rooster");
export const eenheid = Number(tabel.dataset.eenheid);
export const koppen = [...tabel.querySelectorAll("thead th[data-kolom]")];
export const kolommen = koppen.map((kop) => kop.dataset.kolom);
export const rijen = [...tabel.querySelectorAll("tr.invoer")];
export const rooster = rijen.map((rij) => [...rij.querySelectorAll("input.cel")]);

const plaats = new Map();
rooster.forEach((rij, r) => rij.forEach((cel, k) => plaats.set(cel, [r, k])));

export const isCel = (veld) => plaats.has(veld);
export const plaatsVan = (cel) => plaats.get(cel);
export const laatstePlek = () => [rooster.length - 1, kolommen.length - 1];
export const weg = (rij) => Boolean(document.getElementById(`x:${rij.dataset.rij}`)?.checked);
