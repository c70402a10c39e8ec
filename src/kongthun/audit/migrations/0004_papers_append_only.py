from django.db import migrations

from kongthun.db.written_sql import run_written_sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_kept_papers")]

    operations = [migrations.RunPython(run_written_sql("kongthun.audit.sql.papers"), elidable=False)]
