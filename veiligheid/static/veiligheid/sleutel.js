/* A security key that does not answer: say so on the page, not in the console only. */
document.addEventListener("allauth.error", (gebeurtenis) => {
  const melding = document.getElementById("sleutel-melding");
  if (!melding) return;
  gebeurtenis.preventDefault();
  melding.hidden = true;
  melding.hidden = false;
});
