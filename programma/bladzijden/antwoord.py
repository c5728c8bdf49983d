"""How a page of a version answers: as every public page does."""

from veiligheid.antwoord import PUBLIEK, antwoord

__all__ = ["PUBLIEK", "antwoord"]
