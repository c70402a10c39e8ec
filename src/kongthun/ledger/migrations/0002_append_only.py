from django.db import migrations

from kongthun.db.written_sql import run_written_sql


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(run_written_sql("kongthun.ledger.sql"), elidable=False)]
