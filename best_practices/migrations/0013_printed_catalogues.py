import django.db.models.deletion
import portal.core.clock
import portal.papers.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0012_archived_cards'),
        ('city_records', '0006_asked_questions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BankCatalogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='вопрос и условия')),
                ('title', models.CharField(max_length=200, verbose_name='какие практики')),
                ('asked_on', models.DateField(verbose_name='когда')),
                ('many', models.PositiveIntegerField(default=0, verbose_name='практик')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='собрано')),
                ('begun_at', models.DateTimeField(null=True, verbose_name='начато')),
                ('trouble', models.CharField(blank=True, max_length=300, verbose_name='что помешало')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city_records.storedfile', verbose_name='файл')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='чей')),
            ],
            options={
                'verbose_name': 'каталог банка',
            },
            bases=(portal.papers.models.AwaitedPdf, models.Model),
        ),
    ]
