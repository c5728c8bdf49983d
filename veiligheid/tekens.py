"""Which characters a name or code may hold."""

from django.core.validators import RegexValidator

# The same characters as [[:cntrl:]] in the CHECKs of the database: a line feed in a name would break a CSV row in two.
geen_stuurtekens = RegexValidator(
    r"[\x00-\x1f\x7f-\x9f]",
    "Haal regeleinden, tabs en andere onzichtbare tekens weg: die horen niet in een naam of code.",
    inverse_match=True,
)
