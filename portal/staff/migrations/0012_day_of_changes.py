from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0011_work_and_category_by_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='staffimport',
            name='changed_on',
            field=models.DateField(blank=True, null=True, verbose_name='изменения действуют с'),
        ),
    ]
