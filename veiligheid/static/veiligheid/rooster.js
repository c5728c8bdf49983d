// The grid as a spreadsheet: keyboard, paste, undo and live totals on top of a form that works without this script.
// Amounts are counted in whole cents (BigInt): exact, as on the server. Nothing here is stored; the server decides.
(() => {
  "use strict";
  const formulier = document.getElementById("rooster");
  const tabel = document.querySelector("table.rooster");
  if (!formulier || !tabel || !window.getallen) return;
  document.documentElement.classList.add("met-script");

  const { lees, schrijf } = window.getallen;
  const eenheid = Number(tabel.dataset.eenheid);
  const decimalen = eenheid === 1000 ? 5 : 2;
  const status = document.querySelector("[data-status]");
  const plakbalk = document.querySelector("[data-plakbalk]");
  const koppen = [...tabel.querySelectorAll("thead th[data-kolom]")];
  const kolommen = koppen.map((kop) => kop.dataset.kolom);
  const rijen = [...tabel.querySelectorAll("tr.invoer")];
  const rooster = rijen.map((rij) => [...rij.querySelectorAll("input.cel")]);
  const plaats = new Map();
  rooster.forEach((rij, r) => rij.forEach((cel, k) => plaats.set(cel, [r, k])));

  // --- reading and writing amounts ---------------------------------------------------------------------------------

  const ontleed = (tekst) => lees(tekst, { heel: true, decimalen });

  function centen(waarde) {
    const negatief = waarde.startsWith("-");
    const [heel, rest = ""] = waarde.replace("-", "").split(".");
    const som = BigInt(heel + rest.padEnd(decimalen, "0"));
    return negatief ? -som : som;
  }

  // What a cell counts for: its own amount, or what it held before when it cannot be read yet.
  function waardeVan(cel) {
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

  const abs = (getal) => (getal < 0n ? -getal : getal);

  function kort(som, plus = false) {
    const stap = eenheid === 1000 ? 100000n : som % 100n === 0n ? 100n : 1n;
    const rond = (abs(som) * 2n + stap) / (stap * 2n);
    let cijfers = stap === 1n ? (rond / 100n).toString() : rond.toString();
    cijfers = cijfers.replace(/\B(?=(\d{3})+$)/g, ".");
    if (stap === 1n) cijfers += `,${(rond % 100n).toString().padStart(2, "0")}`;
    if (rond === 0n) return cijfers;
    return (som < 0n ? "\u2212" : plus ? "+" : "") + cijfers;
  }

  // --- marks and questions ------------------------------------------------------------------------------------------

  const gewijzigd = (veld) =>
    veld.type === "checkbox" ? veld.checked : veld.value.trim() !== veld.dataset.gezien.trim().replaceAll("\r\n", "\n");

  function markeer(cel) {
    const anders = gewijzigd(cel);
    cel.closest("td").classList.toggle("gewijzigd", anders);
    document.getElementById(`g-${cel.id}`).textContent = anders ? "gewijzigd" : "";
  }

  function vraag(cel) {
    const fout = document.getElementById(`f-${cel.id}`);
    const gelezen = gewijzigd(cel) ? ontleed(cel.value) : { soort: "leeg" };
    const goed = gelezen.soort === "leeg" || gelezen.soort === "getal";
    fout.replaceChildren();
    fout.hidden = goed;
    if (goed) {
      cel.removeAttribute("aria-invalid");
      cel.removeAttribute("aria-describedby");
      return true;
    }
    cel.setAttribute("aria-invalid", "true");
    cel.setAttribute("aria-describedby", fout.id);
    const zin = document.createElement("span");
    zin.textContent = gelezen.soort === "meerduidig" ? `Wat betekent ${cel.value.trim()}?` : "Dit is geen getal zoals 3.516.";
    fout.append(zin);
    for (const lezing of gelezen.lezingen ?? []) fout.append(" ", keuzeknop(schrijf(lezing)));
    return false;
  }

  function keuzeknop(tekst) {
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = "kies alleen-script";
    knop.dataset.lezing = tekst;
    knop.textContent = tekst;
    return knop;
  }

  tabel.addEventListener("click", (gebeurtenis) => {
    const knop = gebeurtenis.target.closest("button[data-lezing]");
    if (!knop) return;
    const cel = knop.closest("td").querySelector("input.cel");
    zet([[cel, knop.dataset.lezing]]);
    cel.focus();
  });

  // --- undo ---------------------------------------------------------------------------------------------------------

  const gedaan = [], ongedaan = [];
  let begin = "";

  function schrijfCel(cel, tekst) {
    cel.value = tekst;
    markeer(cel);
    vraag(cel);
    if (cel === document.activeElement) begin = tekst;
  }

  // Set cells as one step that can be undone as one.
  function zet(paren) {
    const stap = paren.filter(([cel, tekst]) => cel.value !== tekst).map(([cel, tekst]) => [cel, cel.value, tekst]);
    if (!stap.length) return;
    gedaan.push(stap);
    ongedaan.length = 0;
    for (const [cel, , tekst] of stap) schrijfCel(cel, tekst);
    tel(stap.at(-1)[0]);
  }

  // What was typed in the cell becomes a step.
  function legVast(cel) {
    if (cel.value === begin) return;
    gedaan.push([[cel, begin, cel.value]]);
    ongedaan.length = 0;
    begin = cel.value;
    markeer(cel);
    vraag(cel);
  }

  function speel(van, naar, welke) {
    const stap = van.pop();
    if (!stap) return;
    naar.push(stap);
    for (const [cel, oud, nieuw] of stap) schrijfCel(cel, welke === "oud" ? oud : nieuw);
    const cel = stap[0][0];
    cel.focus();
    tel(cel);
  }

  // --- moving -------------------------------------------------------------------------------------------------------

  let bewerkt = false;

  function ga(rij, kolom) {
    const cel = rooster[rij]?.[kolom];
    if (!cel) return false;
    cel.focus();
    return true;
  }

  function verticaal(cel, stap) {
    const [rij, kolom] = plaats.get(cel);
    ga(rij + stap, kolom);
  }

  function horizontaal(cel, stap) {
    const [rij, kolom] = plaats.get(cel);
    return ga(rij, kolom + stap);
  }

  function aanDeRand(cel, stap) {
    if (!bewerkt) return true;
    if (cel.selectionStart !== cel.selectionEnd) return false;
    return cel.selectionStart === (stap < 0 ? 0 : cel.value.length);
  }

  function toets(gebeurtenis) {
    const cel = gebeurtenis.target;
    if (!plaats.has(cel) || gebeurtenis.altKey || gebeurtenis.isComposing) return;
    const ctrl = gebeurtenis.ctrlKey || gebeurtenis.metaKey;
    const laatste = rooster.length - 1;
    const doe = (actie) => {
      gebeurtenis.preventDefault();
      actie();
    };
    if (ctrl) {
      const naam = gebeurtenis.key.toLowerCase();
      if (naam === "z" && !gebeurtenis.shiftKey) return doe(() => (legVast(cel), speel(gedaan, ongedaan, "oud")));
      if (naam === "y" || naam === "z") return doe(() => speel(ongedaan, gedaan, "nieuw"));
      if (naam === "home") return doe(() => ga(0, 0));
      if (naam === "end") return doe(() => ga(laatste, rooster[laatste].length - 1));
      return;
    }
    switch (gebeurtenis.key) {
      case "ArrowUp":
        return doe(() => verticaal(cel, -1));
      case "ArrowDown":
        return doe(() => verticaal(cel, 1));
      case "Enter":
        return doe(() => verticaal(cel, gebeurtenis.shiftKey ? -1 : 1));
      case "ArrowLeft":
      case "ArrowRight": {
        const stap = gebeurtenis.key === "ArrowLeft" ? -1 : 1;
        if (!gebeurtenis.shiftKey && aanDeRand(cel, stap) && horizontaal(cel, stap)) gebeurtenis.preventDefault();
        return;
      }
      case "F2":
        return doe(() => {
          bewerkt = true;
          cel.setSelectionRange(cel.value.length, cel.value.length);
        });
      case "Escape":
        return doe(() => {
          if (cel.value !== begin) schrijfCel(cel, begin);
          else zet([[cel, cel.dataset.gezien]]);
          bewerkt = false;
          cel.select();
          tel(cel);
        });
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
    if (!plaats.has(target)) return;
    bewerkt = false;
    begin = target.value;
    target.select();
    target.closest("tr").classList.add("hier");
  });
  tabel.addEventListener("focusout", ({ target }) => {
    target.closest("tr")?.classList.remove("hier");
    if (plaats.has(target)) legVast(target);
  });
  tabel.addEventListener("dblclick", ({ target }) => {
    bewerkt ||= plaats.has(target);
  });
  tabel.addEventListener("input", ({ target }) => {
    if (plaats.has(target)) {
      markeer(target);
      if (target.hasAttribute("aria-invalid")) vraag(target);
      tel(target);
    } else if (target.matches(".tekst, [data-weg]")) {
      tel(target);
    }
  });

  // --- paste --------------------------------------------------------------------------------------------------------

  // Tab-separated text as Excel and LibreOffice put it on the clipboard; a cell with a line end stands in quotes.
  function blok(tekst) {
    const regels = [[""]];
    let aangehaald = false;
    const bron = tekst.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
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

  function plak(cel, waarden) {
    const [r0, k0] = plaats.get(cel);
    const breedte = Math.max(...waarden.map((rij) => rij.length));
    const paren = [];
    let buiten = 0;
    waarden.forEach((rij, r) =>
      rij.forEach((tekst, k) => {
        const doel = rooster[r0 + r]?.[k0 + k];
        if (doel) paren.push([doel, tekst.trim().slice(0, 60)]);
        else if (tekst.trim()) buiten += 1;
      }),
    );
    legVast(cel);
    zet(paren);
    const vragen = paren.map(([doel]) => doel).filter((doel) => doel.hasAttribute("aria-invalid"));
    const delen = [`${waarden.length} × ${breedte} waarden geplakt, ${vragen.length || "geen"} ${vragen.length === 1 ? "vraag" : "vragen"}.`];
    if (buiten) delen.push(`${buiten} ${buiten === 1 ? "waarde viel" : "waarden vielen"} buiten de tabel en ${buiten === 1 ? "is" : "zijn"} niet geplakt. Voeg eerst regels toe.`);
    toonPlakbalk(delen.join(" "), vragen[0]);
    cel.focus();
    cel.select();
  }

  function toonPlakbalk(zin, eerste) {
    const tekst = document.createElement("span");
    tekst.textContent = zin;
    plakbalk.replaceChildren(tekst);
    if (eerste) plakbalk.append(balkknop("Naar de eerste vraag", () => eerste.focus()));
    plakbalk.append(balkknop("Plakken ongedaan maken", () => {
      speel(gedaan, ongedaan, "oud");
      plakbalk.hidden = true;
    }));
    plakbalk.hidden = false;
    zeg(zin, 0);
  }

  function balkknop(tekst, actie) {
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = "button";
    knop.textContent = tekst;
    knop.addEventListener("click", actie);
    return knop;
  }

  tabel.addEventListener("paste", (gebeurtenis) => {
    if (!plaats.has(gebeurtenis.target)) return;
    const tekst = gebeurtenis.clipboardData.getData("text/plain");
    if (!/[\t\n\r]/.test(tekst)) return;
    gebeurtenis.preventDefault();
    plak(gebeurtenis.target, blok(tekst));
  });

  // --- totals -------------------------------------------------------------------------------------------------------

  const PLUS = { lasten: "lasten", baten: "baten", toevoeging: "toevoegingen", onttrekking: "onttrekkingen" };
  const vergelijkKolom = tabel.dataset.vergelijk === "kolom";
  const van = kolommen.indexOf(tabel.dataset.van), naar = kolommen.indexOf(tabel.dataset.naar);

  const weg = (rij) => Boolean(document.getElementById(`x:${rij.dataset.rij}`)?.checked);
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

  // --- saying it ----------------------------------------------------------------------------------------------------

  let wacht = 0;

  function zeg(zin, na = 1000) {
    clearTimeout(wacht);
    wacht = setTimeout(() => {
      status.textContent = zin;
    }, na);
  }

  const velden = [...formulier.querySelectorAll("[data-gezien], [data-weg]")];
  const openstaand = () => velden.filter(gewijzigd).length;
  const nogNiet = (aantal) => `${aantal} ${aantal === 1 ? "wijziging" : "wijzigingen"} nog niet opgeslagen.`;

  function tel(veld) {
    const som = sommen();
    toonTotalen(som);
    const rij = veld.closest("tr.invoer");
    rij.classList.toggle("gaatweg", weg(rij));
    toonRegel(rij.dataset.rij);
    const aantal = openstaand();
    const stand = aantal ? nogNiet(aantal) : "Alles is zoals het was.";
    zeg(plaats.has(veld) ? `${totaalZin(rij, plaats.get(veld)[1], som)} ${stand}` : stand);
  }

  function totaalZin(rij, k, som) {
    const tbody = rij.closest("tbody"), totaal = tbody.querySelector("tr[data-totaal]");
    const om = "omgekeerd" in totaal.dataset ? -1n : 1n;
    const woord = (bedrag) => kort(bedrag).replace("\u2212", "min ");
    const naam = totaal.querySelector("th").textContent.trim();
    return `${naam} ${koppen[k].textContent}: ${woord(om * som[totaal.dataset.totaal][k])}. Resultaat: ${woord(som.resultaat[k])}.`;
  }

  // --- leaving, saving, and where to begin --------------------------------------------------------------------------

  let verstuurt = false;
  formulier.addEventListener("submit", () => {
    verstuurt = true;
  });
  window.addEventListener("pageshow", () => {
    verstuurt = false;
  });
  window.addEventListener("beforeunload", (gebeurtenis) => {
    if (document.activeElement && plaats.has(document.activeElement)) legVast(document.activeElement);
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
  (document.querySelector(".vragenblok") ?? eersteNieuwe)?.focus();
})();
