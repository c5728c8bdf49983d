"""What a check found, in numbers: counts, totals per programme before and after, and questions to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from programma.eenheid import Omvang, eenheidvraag
from programma.invoer.vergelijking import Vergelijking, met_lus, voer_uit, vraag, zonder_lus
from programma.raming import NUL
from programma.resources.bestemming import STAGING, Opdracht

# A printed cell is the sum of its bedragen. A file without a column for the wijziging can only say that sum.
MET_WIJZIGING = f"""
UPDATE {STAGING} s SET
  stand = CASE WHEN (s.waarden ->> 'bedrag')::numeric = c.som THEN 'gelijk' ELSE 'fout' END,
  fouten = CASE WHEN (s.waarden ->> 'bedrag')::numeric = c.som THEN s.fouten
    ELSE s.fouten || jsonb_build_array(jsonb_build_array(s.plaats, 'bedrag', s.ruw ->> 'bedrag', %s::text)) END
FROM (SELECT jsonb_build_array(r.sleutel, k.fase, k.jaar::text, '') AS sleutel, sum(b.euro) AS som
      FROM programma_bedrag b JOIN programma_begrotingsregel r ON r.id = b.regel_id
      JOIN programma_kolom k ON k.id = b.kolom_id
      WHERE b.versie_id = %s GROUP BY r.sleutel, k.fase, k.jaar HAVING bool_or(b.wijziging_id IS NOT NULL)) c
WHERE s.invoer_id = %s AND s.soort = 'bedrag' AND s.sleutel = c.sleutel AND s.stand <> 'fout'
  AND (%s OR s.stand <> 'gelijk')
"""  # noqa: S608 - the names are our own
UIT_DELEN = (
    "Dit bedrag bestaat in de versie uit een oorspronkelijk bedrag en een wijziging; het bestand zegt niet bij welke "
    "van de twee het verschil hoort. Gebruik een bestand met een rij per bedrag en een kolom wijziging."
)
NIET_UITGEGEVEN = f"""
UPDATE {STAGING} s SET stand = 'fout', fouten = s.fouten || jsonb_build_array(jsonb_build_array(s.plaats, 'regel',
  s.sleutel ->> 0, %s::text))
WHERE s.invoer_id = %s AND s.soort = 'regel' AND s.rij_id IS NULL AND coalesce(s.ruw ->> 'regel', '') <> ''
  AND (s.sleutel ->> 0 !~ '^[a-z0-9]+(-[a-z0-9]+)*$'
       OR (s.sleutel ->> 0 ~ '^r[0-9]{{1,18}}$'
           AND substr(s.sleutel ->> 0, 2)::bigint > (SELECT last_value FROM programma_regelsleutel)))
"""  # noqa: S608
GEEN_SLEUTEL = (
    "Deze sleutel is nooit uitgegeven. Laat de cel leeg: een nieuwe regel krijgt vanzelf een sleutel. "
    "Een eigen sleutel heeft alleen kleine letters, cijfers en losse streepjes."
)
ANDER_PROGRAMMA = f"""
UPDATE {STAGING} s SET stand = 'fout', fouten = s.fouten || jsonb_build_array(jsonb_build_array(s.plaats,
  'programma_code', s.ruw ->> 'programma_code',
  format('Pakket %%s hoort in deze versie bij programma %%s, niet bij %%s.', k.code, p.code,
         s.ruw ->> 'programma_code')))
FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
WHERE k.versie_id = %s AND k.code = s.waarden ->> 'pakket_code' AND s.invoer_id = %s AND s.soort = 'regel'
  AND s.stand <> 'fout' AND coalesce(s.ruw ->> 'programma_code', '') NOT IN ('', p.code, p.code || ' ' || p.naam)
"""  # noqa: S608
# A row of which all errors are questions (they have a fifth part) waits for an answer; the others must be mended.
TELLING = f"""
SELECT soort, CASE WHEN stand = 'fout' AND NOT fouten @? 'strict $[*] ? (@.size() < 5)' THEN 'vraag' ELSE stand END,
       count(*)
FROM {STAGING} WHERE invoer_id = %s GROUP BY 1, 2
"""  # noqa: S608
TOTALEN = f"""
WITH regel_nu AS (
  SELECT r.sleutel, k.code AS pakket, r.soort FROM programma_begrotingsregel r
  JOIN programma_pakket k ON k.id = r.pakket_id WHERE r.versie_id = %(versie)s),
regel_straks AS (
  SELECT coalesce(n.sleutel, s.sleutel ->> 0) AS sleutel, coalesce(s.waarden ->> 'pakket_code', n.pakket) AS pakket,
         coalesce(s.waarden ->> 'soort', n.soort) AS soort
  FROM regel_nu n FULL JOIN (SELECT * FROM {STAGING} WHERE invoer_id = %(invoer)s AND soort = 'regel'
                             AND stand <> 'fout') s
    ON s.sleutel = jsonb_build_array(n.sleutel)),
bedrag_nu AS (
  SELECT b.id, r.sleutel, l.fase, l.jaar::text AS jaar, b.euro FROM programma_bedrag b
  JOIN programma_begrotingsregel r ON r.id = b.regel_id JOIN programma_kolom l ON l.id = b.kolom_id
  WHERE b.versie_id = %(versie)s),
bedrag_straks AS (
  SELECT coalesce(n.sleutel, s.sleutel ->> 0) AS sleutel, coalesce(n.fase, s.sleutel ->> 1) AS fase,
         coalesce(n.jaar, s.sleutel ->> 2) AS jaar, coalesce((s.waarden ->> 'bedrag')::numeric, n.euro) AS euro
  FROM bedrag_nu n FULL JOIN (SELECT * FROM {STAGING} WHERE invoer_id = %(invoer)s AND soort = 'bedrag'
                              AND stand IN ('nieuw', 'gewijzigd')) s ON s.rij_id = n.id),
stand AS (
  SELECT r.pakket, r.soort, b.fase, b.jaar, b.euro AS nu, 0 AS straks FROM bedrag_nu b JOIN regel_nu r USING (sleutel)
  UNION ALL
  SELECT r.pakket, r.soort, b.fase, b.jaar, 0, b.euro FROM bedrag_straks b JOIN regel_straks r USING (sleutel))
SELECT programma, fase, jaar, lasten_nu::text, lasten_straks::text, baten_nu::text, baten_straks::text, nu::text,
       straks::text
FROM (SELECT p.code, p.code || ' ' || p.naam AS programma, s.fase, s.jaar, sum(nu) AS nu, sum(straks) AS straks,
             coalesce(sum(nu) FILTER (WHERE s.soort = 'lasten'), 0) AS lasten_nu,
             coalesce(sum(straks) FILTER (WHERE s.soort = 'lasten'), 0) AS lasten_straks,
             coalesce(sum(nu) FILTER (WHERE s.soort = 'baten'), 0) AS baten_nu,
             coalesce(sum(straks) FILTER (WHERE s.soort = 'baten'), 0) AS baten_straks
      FROM stand s JOIN programma_pakket k ON k.versie_id = %(versie)s AND k.code = s.pakket
      JOIN programma_programma p ON p.id = k.programma_id GROUP BY p.code, p.naam, s.fase, s.jaar) t
WHERE (nu, lasten_nu, baten_nu) IS DISTINCT FROM (straks, lasten_straks, baten_straks)
ORDER BY code COLLATE "C", jaar, fase COLLATE "C"
"""  # noqa: S608
# The size of what comes in beside what stands in the same column; without that in the version, or what was published.
# As subqueries the last two are only computed when they are needed.
OMVANG = f"""
SELECT n.fase, n.jaar, n.omvang, coalesce(
  nullif(k.omvang, 0), nullif((SELECT avg(abs(euro)) FROM programma_bedrag WHERE versie_id = %(versie)s), 0),
  nullif((SELECT avg(abs(euro)) FROM programma_bedrag WHERE versie_id = (
    SELECT id FROM programma_versie WHERE status = 'gepubliceerd' ORDER BY gepubliceerd_op DESC LIMIT 1)), 0))
FROM (SELECT sleutel ->> 1 AS fase, sleutel ->> 2 AS jaar, avg(abs((waarden ->> 'bedrag')::numeric)) AS omvang
      FROM {STAGING} WHERE invoer_id = %(invoer)s AND soort = 'bedrag' AND stand <> 'fout' GROUP BY 1, 2) n
LEFT JOIN (SELECT l.fase, l.jaar::text AS jaar, avg(abs(b.euro)) AS omvang FROM programma_bedrag b
           JOIN programma_kolom l ON l.id = b.kolom_id WHERE b.versie_id = %(versie)s GROUP BY 1, 2) k
  USING (fase, jaar)
ORDER BY n.jaar, n.fase
"""  # noqa: S608


def controleer_regels(vergelijking: Vergelijking, *, breed: bool, met_wijziging: bool) -> None:
    """Check what only lines and amounts can have wrong: sleutels, the programme of a pakket, cells in parts."""
    invoer, versie = vergelijking.invoer, vergelijking.versie.pk
    zonder_lus()
    voer_uit(Opdracht(NIET_UITGEGEVEN, [GEEN_SLEUTEL, invoer]))
    voer_uit(Opdracht(ANDER_PROGRAMMA, [versie, invoer]))
    if not met_wijziging:
        voer_uit(Opdracht(MET_WIJZIGING, [UIT_DELEN, versie, invoer, breed]))
    met_lus()


def vat_samen(vergelijking: Vergelijking) -> dict[str, Any]:
    """Return the summary of a check: telling, niet_in_bestand, totalen and vragen, ready for JSON."""
    zonder_lus()
    telling: dict[str, dict[str, int]] = {}
    for soort, stand, aantal in vraag(TELLING, [vergelijking.invoer]):
        telling.setdefault(soort, {})[stand] = aantal
    regels = any(bestemming.naam == "bedrag" for bestemming in vergelijking.bestemmingen)
    parameters: Mapping[str, Any] = {"versie": vergelijking.versie.pk, "invoer": vergelijking.invoer}
    uitkomst = {
        "telling": telling,
        "niet_in_bestand": _niet_in_bestand(vergelijking),
        "totalen": [list(rij) for rij in vraag(TOTALEN, parameters)] if regels else [],
        "vragen": _vragen(parameters) if regels else [],
    }
    met_lus()
    return uitkomst


def _niet_in_bestand(vergelijking: Vergelijking) -> dict[str, int]:
    """Return per table how many rows the version has that the file does not name; they stay as they are."""
    aantallen = {}
    for bestemming in vergelijking.bestemmingen:
        if bestemming.alleen_nieuw:
            continue
        ((totaal, genoemd),) = vraag(
            f"SELECT (SELECT count(*) FROM {bestemming.tabel} WHERE versie_id = %s), "  # noqa: S608
            f"(SELECT count(DISTINCT rij_id) FROM {STAGING} WHERE invoer_id = %s AND soort = %s)",
            [vergelijking.versie.pk, vergelijking.invoer, bestemming.naam],
        )
        if totaal > genoemd:
            aantallen[bestemming.naam] = totaal - genoemd
    return aantallen


def _vragen(parameters: Mapping[str, Any]) -> list[str]:
    """Return a question per column whose figures are of another size than what we know."""
    vragen = [
        eenheidvraag(f"De bedragen bij {fase} {jaar}", {"wat wij kennen": Omvang(nieuw or NUL, bekend or NUL)})
        for fase, jaar, nieuw, bekend in vraag(OMVANG, parameters)
    ]
    return [zin for zin in vragen if zin]
