// Says in time that the session will end, on a page with a form in it. It never prolongs one by itself: that the session
// ends after half an hour without a request is a promise. The page works without this; a form sent too late is kept.
(function () {
  "use strict";
  const VOORAF = 5 * 60 * 1000;
  const gegevens = document.currentScript.dataset;
  // What was opened or prolonged last, on whatever page of the site, knows best.
  const kanaal = "BroadcastChannel" in window ? new BroadcastChannel("sessie") : null;
  if (kanaal) kanaal.postMessage({ stil: gegevens.stil, hoogstens: gegevens.hoogstens });
  const formulier = document.querySelector("#content form[method=post]");
  if (!formulier) return;

  const balk = document.createElement("div");
  const zin = document.createElement("p");
  const knop = document.createElement("button");
  balk.className = "sessiebalk";
  balk.hidden = true;
  zin.setAttribute("role", "status");
  knop.type = "button";
  knop.className = "button";
  knop.textContent = "Aangemeld blijven";
  balk.append(zin, knop);
  document.body.append(balk);

  let stil, hoogstens, vorige;
  function neemOver(over) {
    stil = Date.now() + over.stil * 1000;
    hoogstens = Date.now() + over.hoogstens * 1000;
  }
  neemOver(gegevens);

  function meld(tekst, metKnop) {
    balk.hidden = !tekst;
    knop.hidden = !metKnop;
    if (zin.textContent !== tekst) requestAnimationFrame(() => { zin.textContent = tekst; });
  }
  function kijk() {
    const nu = Date.now();
    const tijd = new Date(stil).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
    if (nu >= stil) {
      meld("U bent afgemeld. Wat u typte staat er nog: bewaar het, dan vragen we u eerst om aan te melden.", false);
    } else if (nu < stil - VOORAF) {
      meld("", false);
    } else if (stil < hoogstens) {
      meld(`U wordt om ${tijd} afgemeld, omdat u een tijd niets opvroeg. Bewaar uw werk, of druk op de knop.`, true);
    } else {
      meld(`U wordt om ${tijd} afgemeld: u bent dan acht uur aangemeld. Bewaar uw werk en meld u opnieuw aan.`, false);
    }
  }
  async function blijf() {
    const token = formulier.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const antwoord = await fetch(gegevens.adres, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!antwoord.ok || antwoord.redirected) throw new Error(antwoord.status);
      const over = await antwoord.json();
      neemOver(over);
      if (kanaal) kanaal.postMessage(over);
      kijk();
      // The button is gone: back to where this person was typing.
      if (vorige) vorige.focus();
    } catch {
      meld("Aangemeld blijven lukte niet. Wat u typte staat er nog: bewaar het, dan ziet u of u nog bent aangemeld.", true);
    }
  }
  if (kanaal) kanaal.onmessage = (bericht) => { neemOver(bericht.data); kijk(); };
  knop.addEventListener("focus", (gebeurtenis) => { vorige = gebeurtenis.relatedTarget; });
  knop.addEventListener("click", blijf);
  document.addEventListener("visibilitychange", kijk);
  setInterval(kijk, 5000);
  kijk();
})();
