import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.core.clock


class Migration(migrations.Migration):

    dependencies = [
        ('school_practices', '0007_where_a_draft_was_begun'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnclearDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('adoption', models.UUIDField(unique=True, verbose_name='внедрение')),
                ('revision', models.PositiveSmallIntegerField(verbose_name='редакция')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='что не поняли')),
                ('asked_on', models.DateField(verbose_name='когда спросили')),
                ('closed_on', models.DateField(null=True, verbose_name='закрыто')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='что ответили')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unclear', to='school_practices.schoolpractice')),
            ],
            options={
                'verbose_name': 'вопрос об описании',
                'ordering': ['asked_on', 'id'],
            },
        ),
    ]
