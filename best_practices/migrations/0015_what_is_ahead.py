from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('best_practices', '0014_what_readers_say'),
    ]

    operations = [
        migrations.AddField(
            model_name='practice',
            name='ahead',
            field=models.CharField(blank=True, choices=[('take', 'методический отдел возьмёт её на проверку'), ('check', 'методист проверит описание и назовёт экспертов'), ('name', 'методист назовёт экспертов'), ('answer', 'эксперты ответят, возьмутся ли её оценить'), ('sheet', 'эксперты сдадут оценки'), ('decide', 'методист решит по оценкам экспертов'), ('mend', 'авторы исправят её, и директор передаст ещё раз'), ('publish', 'специалист Управления опубликует её в банке')], db_default='', default='', max_length=8, verbose_name='чего ждёт'),
        ),
        migrations.AddField(
            model_name='practice',
            name='ahead_on',
            field=models.DateField(null=True, verbose_name='до какого дня'),
        ),
    ]
