"""The feed of what is new (Atom): the last publications, so that who follows a municipality need not look."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from programma.inhoud import Uitgave
from programma.pagina import vast

HOEVEEL = 20


class Nieuws(Atom1Feed):
    """Django's Atom, without its clock: an empty feed is as old as the software."""

    def latest_post_date(self) -> datetime:
        """Return the moment of the newest publication, or of the release when there is none."""
        momenten = [item["updateddate"] for item in self.items]
        return max(momenten, default=datetime.combine(settings.RELEASE_DATUM, time(), tzinfo=UTC))


def kenmerk(*delen: object) -> str:
    """Return an id that stays the same whatever the site is called: of the municipality, or of a version of it."""
    naam = "/".join(str(deel) for deel in (settings.GEMEENTE, *delen))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'veiligheid:{naam}')}"


def nieuws(gemeente: str, uitgaven: Sequence[Uitgave], oorsprong: str, pad: str) -> str:
    """Return the feed of these published versions as XML; `pad` is its own path."""
    soort = "Demonstratie, geen publicatie van de gemeente" if settings.DEMO else "Gemeente"
    feed = Nieuws(
        title=f"Begroting en verantwoording, gemeente {gemeente}",
        link=f"{oorsprong}/",
        description=f"{soort} {gemeente}: wat er nieuw is gepubliceerd.",
        language="nl",
        author_name=f"{soort} {gemeente}",
        feed_url=oorsprong + pad,
        feed_guid=kenmerk(),
    )
    for uitgave in uitgaven:
        feed.add_item(
            title=f"{uitgave.titel}, versie {uitgave.nummer}",
            link=oorsprong + vast(uitgave).wortel,
            description=f"Versie {uitgave.nummer} van {uitgave.titel} staat op een vast adres en verandert niet meer.",
            unique_id=kenmerk(uitgave.document_slug, uitgave.nummer),
            pubdate=uitgave.gepubliceerd_op,
            updateddate=uitgave.gepubliceerd_op,
        )
    return feed.writeString("utf-8")
