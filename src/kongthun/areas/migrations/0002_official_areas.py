"""Load the official tree of provinces, districts and tambons.

`data/areas.csv` is this migration's input and stays as it was released; a later change of
the official tree is a later migration that ends rows and starts new ones.
"""

import csv
from pathlib import Path

from django.db import migrations
from django.db.models.functions import Length

AREAS_CSV = Path(__file__).resolve().parent.parent / "data" / "areas.csv"


def load_official_areas(apps, schema_editor):
    Area = apps.get_model("areas", "Area")
    with AREAS_CSV.open(encoding="utf-8", newline="") as file:
        areas = [Area(code=row["code"], name_th=row["name_th"]) for row in csv.DictReader(file)]
    Area.objects.using(schema_editor.connection.alias).bulk_create(areas)


def unload_official_areas(apps, schema_editor):
    Area = apps.get_model("areas", "Area")
    areas = Area.objects.using(schema_editor.connection.alias)
    areas.alias(digits=Length("code")).filter(digits__lte=6).delete()


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial")]

    operations = [migrations.RunPython(load_official_areas, unload_official_areas)]
