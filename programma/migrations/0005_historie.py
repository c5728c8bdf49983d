"""The history of every change, chained by hash."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programma", "0004_rechten")]

    operations = []
