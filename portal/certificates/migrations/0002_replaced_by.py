# A certificate that was replaced leads to the one that took its place

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_begin")]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="certificates.certificate",
                verbose_name="заменён сертификатом",
            ),
        ),
    ]
