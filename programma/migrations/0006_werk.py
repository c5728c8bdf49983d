"""Work that is given out, and texts that still have to be revised."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programma", "0005_historie")]

    operations = []
