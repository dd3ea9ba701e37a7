import uuid

import django.db.models.deletion
import portal.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0015_what_is_ahead'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('revision', models.PositiveSmallIntegerField(verbose_name='редакция')),
                ('field', models.CharField(max_length=24, verbose_name='к чему')),
                ('text', models.CharField(max_length=1000, verbose_name='замечание')),
                ('is_mended', models.BooleanField(default=False, verbose_name='исправлено')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='ответ авторов')),
                ('answered_on', models.DateField(null=True, verbose_name='день ответа')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='field_remarks', to='best_practices.practice', verbose_name='практика')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='field_remarks', to='best_practices.review', verbose_name='чей лист')),
            ],
            options={
                'verbose_name': 'замечание',
                'constraints': [models.UniqueConstraint(fields=('practice', 'revision', 'review', 'field'), name='remark_once', nulls_distinct=False)],
            },
        ),
    ]
