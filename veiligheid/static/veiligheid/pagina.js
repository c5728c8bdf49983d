// A small improvement; the page works fully without it. Marks the current section in "Op deze pagina".
(function () {
  var links = {};
  document.querySelectorAll(".inhoud-nav a").forEach(function (a) { links[a.hash.slice(1)] = a; });
  if (!("IntersectionObserver" in window)) return;
  var waarnemer = new IntersectionObserver(function (gezien) {
    gezien.forEach(function (punt) {
      if (!punt.isIntersecting) return;
      Object.values(links).forEach(function (a) { a.removeAttribute("aria-current"); });
      links[punt.target.id].setAttribute("aria-current", "location");
    });
  }, { rootMargin: "-15% 0px -75% 0px" });
  document.querySelectorAll("section[id]").forEach(function (s) { if (links[s.id]) waarnemer.observe(s); });
})();
