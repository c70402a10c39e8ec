
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8)),
                ('name_th', models.CharField(max_length=120)),
                ('valid_from', models.DateField(blank=True, help_text='null: since before our data', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='exclusive end; null: still valid', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='areas_area_code_prefix', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='areas_area_one_start'), models.UniqueConstraint(condition=models.Q(('valid_from__isnull', True)), fields=('code',), name='areas_area_one_unknown_start'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('code',), name='areas_area_one_open_end'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('code'), 2), django.db.models.lookups.Exact(django.db.models.functions.text.Length('code'), 4), django.db.models.lookups.Exact(django.db.models.functions.text.Length('code'), 6), django.db.models.lookups.Exact(django.db.models.functions.text.Length('code'), 8), _connector='OR'), name='areas_area_code_length'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='areas_area_ends_after_it_starts')],
            },
        ),
    ]
