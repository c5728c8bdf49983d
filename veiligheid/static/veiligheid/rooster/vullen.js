// Fill from the first row or column of the block; without one, from the neighbour above or to the left, as in Excel.
import { rooster } from "./blad.js";
import { huidigeCel, vak } from "./keuze.js";
import { zeg } from "./melden.js";
import { legVast, zet } from "./stappen.js";

function vul(bron, richting) {
  const { r0, r1, k0, k1 } = vak(), paren = [];
  legVast(huidigeCel());
  for (let r = r0; r <= r1; r++) {
    for (let k = k0; k <= k1; k++) {
      const van = bron(r, k);
      if (van) paren.push([rooster[r][k], van.value]);
    }
  }
  const aantal = zet(paren);
  zeg(`${aantal} ${aantal === 1 ? "cel" : "cellen"} ${richting} gevuld.`, 150);
}

export function vulRechts() {
  const { k0, k1 } = vak(), eerste = k1 > k0 ? k0 : k0 - 1;
  vul((r) => rooster[r][eerste], "naar rechts");
}

export function vulOmlaag() {
  const { r0, r1 } = vak(), eerste = r1 > r0 ? r0 : r0 - 1;
  vul((_, k) => rooster[eerste]?.[k], "naar beneden");
}
