"""Imports: the file as it came, and its rows as they were read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programma", "0006_werk")]

    operations = []
