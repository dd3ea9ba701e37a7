from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('school_practices', '0010_thanks_to_authors'),
    ]

    operations = [
        migrations.AddField(
            model_name='schoolpractice',
            name='mirror_ahead',
            field=models.CharField(blank=True, choices=[('take', 'методический отдел возьмёт её на проверку'), ('check', 'методист проверит описание и назовёт экспертов'), ('name', 'методист назовёт экспертов'), ('answer', 'эксперты ответят, возьмутся ли её оценить'), ('sheet', 'эксперты сдадут оценки'), ('decide', 'методист решит по оценкам экспертов'), ('mend', 'авторы исправят её, и директор передаст ещё раз'), ('publish', 'специалист Управления опубликует её в банке')], db_default='', default='', max_length=8, verbose_name='чего ждёт в городе'),
        ),
        migrations.AddField(
            model_name='schoolpractice',
            name='mirror_ahead_on',
            field=models.DateField(blank=True, null=True, verbose_name='до какого дня'),
        ),
    ]
