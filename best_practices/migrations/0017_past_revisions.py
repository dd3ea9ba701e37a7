import uuid

import django.db.models.deletion
import portal.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0016_remarks_to_fields'),
    ]

    operations = [
        migrations.CreateModel(
            name='PastRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('revision', models.PositiveSmallIntegerField(verbose_name='редакция')),
                ('content', models.JSONField(verbose_name='содержание')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='past_revisions', to='best_practices.practice', verbose_name='практика')),
            ],
            options={
                'verbose_name': 'прежняя редакция практики',
                'constraints': [models.UniqueConstraint(fields=('practice', 'revision'), name='past_revision_once')],
            },
        ),
    ]
