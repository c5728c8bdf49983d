// The polite status line below the grid. What is said last stands; what changes quickly waits until it is quiet.
const status = document.querySelector("[data-status]");
let wacht = 0;

export function zeg(zin, na = 1000) {
  clearTimeout(wacht);
  wacht = setTimeout(() => {
    status.textContent = zin;
  }, na);
}

export function knop(tekst, actie) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = tekst;
  element.addEventListener("click", actie);
  return element;
}
