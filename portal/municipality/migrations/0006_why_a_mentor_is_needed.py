"""One more list of the city; what is there already stays as the city has it."""

from django.db import migrations, models

from portal.municipality.reference_start import lines


def lay(apps, schema_editor):
    """Of an installation of before, too."""
    entries = apps.get_model("municipality", "ReferenceEntry").objects
    for line in lines():
        if line["book"] == "need":
            named = {name: line.pop(name) for name in ("book", "code")}
            entries.get_or_create(**named, defaults=line)


class Migration(migrations.Migration):

    dependencies = [
        ('municipality', '0005_reference_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='referenceentry',
            name='book',
            field=models.CharField(choices=[('position', 'должности'), ('subject', 'предметы'), ('dismissal', 'причины увольнения'), ('absence', 'причины долгого отсутствия'), ('organisation', 'виды организаций'), ('need', 'почему нужен наставник')], max_length=20, verbose_name='справочник'),
        ),
        migrations.RunPython(lay, migrations.RunPython.noop),
    ]
