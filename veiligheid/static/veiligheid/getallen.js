// Reading Dutch numbers in the browser: the same grammar as veiligheid/getallen.py, held by one table of cases
// (tests/veiligheid/getallen.json). The server always has the last word.
(() => {
  "use strict";
  const MEESTE_CIJFERS = 15, MEESTE_VOOR_DE_KOMMA = 13, LANGSTE_TEKST = 60;
  const RAND = /^[ \u00a0\u2007\u2009\u202f\t\r\n]+|[ \u00a0\u2007\u2009\u202f\t\r\n]+$/g;
  const LEEG = new Set(["", "-", "\u2014", "€ -", "€-"]);
  const GEHEEL = new RegExp(
    "^(?<voor>[NVnv] +|(?:-/-|[-+]) ?)?(?<munt>€ ?)?(?<na>[NVnv] +|(?:-/-|[-+]) ?)?(?<open>\\( ?)?(?<munt2>€ ?)?" +
      "(?<getal>[0-9](?:[0-9., ]*[0-9])?)(?<rond>,(?:--?|=))?(?<dicht> ?\\))?(?<achter> ?(?:-/-|-)| +[NVnv])?$",
  );
  const NEDERLANDS = /^(?<heel>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:,(?<decimalen>[0-9]+))?$/;
  const MET_PUNT = /^[0-9]+\.[0-9]+$/;
  const NEGATIEF = new Set(["-", "N", "n", "("]);

  const onleesbaar = () => ({ soort: "onleesbaar" });

  // A plain decimal text ("-3516.5"), without zeros that say nothing.
  function gewoon(cijfers, achter, negatief) {
    const heel = cijfers.replace(/^0+(?=[0-9])/, "");
    const rest = achter.replace(/0+$/, "");
    const tekst = rest ? `${heel}.${rest}` : heel;
    return negatief && /[1-9]/.test(tekst) ? `-${tekst}` : tekst;
  }

  function meerduidig(een, ander, negatief) {
    const lezingen = [een, ander].map(([cijfers, achter]) => gewoon(cijfers, achter, negatief));
    lezingen.sort((a, b) => Math.abs(Number(b)) - Math.abs(Number(a)));
    return { soort: "meerduidig", lezingen: [...new Set(lezingen)] };
  }

  function lees(tekst, { heel = true, decimalen = 2 } = {}) {
    const gelijk = tekst.replace(RAND, "").replace(/[\u00a0\u2007\u2009\u202f]/g, " ").replace(/[\u2212\u2013]/g, "-");
    if (LEEG.has(gelijk)) return { soort: "leeg" };
    const gevonden = [...gelijk].length <= LANGSTE_TEKST ? GEHEEL.exec(gelijk) : null;
    if (!gevonden) return onleesbaar();
    const deel = gevonden.groups;
    const tekens = [deel.voor, deel.na, deel.open, deel.achter].filter((teken) => teken !== undefined);
    if (tekens.length > 1 || (deel.munt !== undefined && deel.munt2 !== undefined)) return onleesbaar();
    if ((deel.open === undefined) !== (deel.dicht === undefined)) return onleesbaar();
    if (deel.rond !== undefined && deel.getal.includes(",")) return onleesbaar();
    const negatief = tekens.length > 0 && NEGATIEF.has(tekens[0].trim()[0]);
    return leesCijfers(deel.getal, negatief, heel, decimalen);
  }

  function leesCijfers(getal, negatief, heel, decimalen) {
    if (getal.replace(/[^0-9]/g, "").length > MEESTE_CIJFERS) return onleesbaar();
    const delen = NEDERLANDS.exec(getal);
    const metPunt = MET_PUNT.test(getal) ? getal.split(".") : null;
    if (!delen) return metPunt ? meerduidig(metPunt, [metPunt.join(""), ""], negatief) : onleesbaar();
    const geheel = delen.groups.heel, achter = delen.groups.decimalen ?? "";
    const cijfers = geheel.replace(/[. ]/g, "");
    if (cijfers.startsWith("0") && cijfers.length > 1) {
      return metPunt ? meerduidig(metPunt, [cijfers, achter], negatief) : onleesbaar();
    }
    const alsDuizend = achter.length === 3 && geheel === cijfers && cijfers !== "0" && cijfers.length <= 3;
    if (alsDuizend && (heel || decimalen < 3)) return meerduidig([cijfers + achter, ""], [cijfers, achter], negatief);
    if (achter.replace(/0+$/, "").length > decimalen) return onleesbaar();
    if (cijfers.length > MEESTE_VOOR_DE_KOMMA) return onleesbaar();
    return { soort: "getal", waarde: gewoon(cijfers, achter, negatief) };
  }

  // The one way to write a reading that cannot be misread: no thousands, never exactly three decimals.
  function schrijf(waarde) {
    const [heel, rest = ""] = waarde.split(".");
    if (!rest) return heel;
    return `${heel},${rest.length === 3 ? `${rest}0` : rest.padEnd(2, "0")}`;
  }

  window.getallen = { lees, schrijf };
})();
