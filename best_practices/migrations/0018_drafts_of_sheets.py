import uuid

import django.db.models.deletion
import portal.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0017_past_revisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('typed', models.JSONField(default=dict, verbose_name='написанное')),
                ('written_in', models.UUIDField(null=True, verbose_name='в какой вкладке')),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='best_practices.review', verbose_name='чей лист')),
            ],
            options={
                'verbose_name': 'черновик листа',
            },
        ),
    ]
