import portal.core.clock
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('school_practices', '0012_remarks_of_the_city'),
    ]

    operations = [
        migrations.AddField(
            model_name='schoolpractice',
            name='answers_call',
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name='на какой поиск города отвечает'),
        ),
        migrations.CreateModel(
            name='OrderWaiter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='номер')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='создано')),
                ('created_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='кем создано')),
                ('updated_at', models.DateTimeField(default=portal.core.clock.now, editable=False, verbose_name='изменено')),
                ('order', models.UUIDField(verbose_name='заказ')),
                ('user', models.UUIDField(verbose_name='кто ждёт')),
            ],
            options={
                'verbose_name': 'кто ждёт ответа на заказ',
                'constraints': [models.UniqueConstraint(fields=('order', 'user'), name='order_waited_once')],
            },
        ),
    ]
