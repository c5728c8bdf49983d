// Amounts, counted in whole cents (BigInt): exact, as on the server.
import { eenheid } from "./blad.js";

const { lees } = window.getallen;
const decimalen = eenheid === 1000 ? 5 : 2;

export const abs = (getal) => (getal < 0n ? -getal : getal);
export const ontleed = (tekst) => lees(tekst, { heel: true, decimalen });

function centen(waarde) {
  const negatief = waarde.startsWith("-");
  const [heel, rest = ""] = waarde.replace("-", "").split(".");
  const som = BigInt(heel + rest.padEnd(decimalen, "0"));
  return negatief ? -som : som;
}

// What a cell counts for: its own amount, or what it held before when it cannot be read yet.
export function waardeVan(cel) {
  for (const tekst of [cel.value, cel.dataset.gezien]) {
    if (tekst === cel.dataset.gezien && /^-?[0-9.]*(,[0-9]+)?$/.test(tekst)) {
      return tekst ? centen(tekst.replaceAll(".", "").replace(",", ".")) : 0n;
    }
    const gelezen = ontleed(tekst);
    if (gelezen.soort === "leeg") return 0n;
    if (gelezen.soort === "getal") return centen(gelezen.waarde);
  }
  return 0n;
}

export function kort(som, plus = false) {
  const stap = eenheid === 1000 ? 100000n : som % 100n === 0n ? 100n : 1n;
  const rond = (abs(som) * 2n + stap) / (stap * 2n);
  let cijfers = stap === 1n ? (rond / 100n).toString() : rond.toString();
  cijfers = cijfers.replace(/\B(?=(\d{3})+$)/g, ".");
  if (stap === 1n) cijfers += `,${(rond % 100n).toString().padStart(2, "0")}`;
  if (rond === 0n) return cijfers;
  return (som < 0n ? "\u2212" : plus ? "+" : "") + cijfers;
}

// To be read aloud.
export const woord = (bedrag) => kort(bedrag).replace("\u2212", "min ");
