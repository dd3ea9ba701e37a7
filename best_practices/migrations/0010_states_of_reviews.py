import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0009_revision_of_cards'),
    ]

    operations = [
        migrations.AddField(
            model_name='practice',
            name='reserve',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), db_default=[], default=list, size=None, verbose_name='резерв экспертов'),
        ),
        migrations.AddField(
            model_name='review',
            name='answer_due_on',
            field=models.DateField(null=True, verbose_name='ответить до'),
        ),
        migrations.AddField(
            model_name='review',
            name='instead_of',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='best_practices.review', verbose_name='вместо кого'),
        ),
        migrations.AddField(
            model_name='review',
            name='refusal',
            field=models.CharField(blank=True, choices=[('busy', 'нет времени'), ('not_mine', 'не моя тема'), ('bound', 'узнаю авторов или связан с ними')], db_default='', default='', max_length=8, verbose_name='причина отказа'),
        ),
        migrations.AddField(
            model_name='review',
            name='reminded',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), db_default=[], default=list, size=None, verbose_name='о чём напомнили'),
        ),
        migrations.AlterField(
            model_name='review',
            name='state',
            field=models.CharField(choices=[('invited', 'приглашён'), ('assigned', 'оценивает'), ('submitted', 'оценена'), ('declined', 'эксперт отказался'), ('withdrawn', 'эксперта сняли'), ('replaced', 'эксперта заменили')], default='invited', max_length=12, verbose_name='состояние'),
        ),
    ]
