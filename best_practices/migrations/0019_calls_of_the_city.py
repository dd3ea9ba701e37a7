import django.db.models.deletion
import portal.core.clock
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0018_drafts_of_sheets'),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticeCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('text', models.CharField(max_length=200, verbose_name='что ищем')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='что в ней важно')),
                ('due_on', models.DateField(verbose_name='ждём до')),
                ('announced_on', models.DateField(verbose_name='объявлен')),
                ('closed_on', models.DateField(null=True, verbose_name='закрыт')),
            ],
            options={
                'verbose_name': 'поиск практики',
            },
        ),
        migrations.AddField(
            model_name='practice',
            name='call',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='best_practices.practicecall', verbose_name='на какой поиск отвечает'),
        ),
        migrations.AddField(
            model_name='practiceorder',
            name='call',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='best_practices.practicecall', verbose_name='поиск'),
        ),
    ]
