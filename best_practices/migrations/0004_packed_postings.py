import datetime

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of places and postings stay for the processes of the previous release; nothing reads them any
    more. After it: `manage.py rebuild_index` (docs/deploy.md).
    """

    atomic = False
    dependencies = [("best_practices", "0003_outbox_of_the_second_engine")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("BankPlace"),
                migrations.DeleteModel("BankPosting"),
            ]
        ),
        migrations.AddField(
            "bankdocument",
            "dated_on",
            models.DateField(db_default=datetime.date.min),
        ),
        AddIndexConcurrently(
            "bankdocument",
            models.Index(fields=["-dated_on", "-id"], name="bankdocument_newest"),
        ),
        migrations.CreateModel(
            name="BankBlock",
            fields=[
                ("pk", models.CompositePrimaryKey("term_no", "block_no", blank=True, editable=False, primary_key=True, serialize=False)),
                ("term_no", models.IntegerField()),
                ("block_no", models.IntegerField()),
                ("content", models.BinaryField()),
            ],
            options={"verbose_name": "отрезок указателя", "abstract": False},
        ),
    ]
