// After a paste: ask the server whether the amounts are of another size than what it knows. Nothing is stored by it,
// and when no answer comes nothing is lost: saving asks the same.
import { formulier } from "./blad.js";
import { zeg } from "./melden.js";

export async function vraagEenheid(zin) {
  const inhoud = new FormData(formulier);
  inhoud.set("actie", "eenheid");
  let vragen = [];
  try {
    const antwoord = await fetch(formulier.action, { method: "POST", body: inhoud, redirect: "error" });
    if (antwoord.ok) ({ vragen } = await antwoord.json());
  } catch {
    return;
  }
  // Another paste may have come in the meantime; its own answer counts.
  if (!vragen.length || !zin.isConnected) return;
  zin.textContent = [zin.textContent, ...vragen].join(" ");
  zeg(zin.textContent, 0);
}
