from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('school_practices', '0008_unclear_descriptions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='schoolpractice',
            name='state',
            field=models.CharField(choices=[('draft', 'черновик'), ('submitted_school', 'подана'), ('school_review', 'на оценке в школе'), ('returned_school', 'возвращена автору'), ('school_bank', 'в школьном банке'), ('rejected_school', 'не принята школой'), ('submitted_municipal', 'отправляется в город'), ('formal_check', 'принята городом, проверяется'), ('municipal_review', 'на экспертизе в городе'), ('arbitration', 'у третьего эксперта'), ('returned_municipal', 'город вернул на доработку'), ('recommended', 'рекомендована к публикации'), ('published', 'опубликована в банке города'), ('renewing', 'готовится новая редакция'), ('rejected', 'отклонена городом'), ('archived', 'снята с публикации'), ('recalled', 'отозвана школой')], default='draft', max_length=20, verbose_name='состояние'),
        ),
    ]
