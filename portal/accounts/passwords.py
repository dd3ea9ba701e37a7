"""What a password must be, refused in our own words: what is wrong, and what a good one looks like."""

from django.contrib.auth import password_validation as stock

PHRASE = "Хорошо запоминается и трудно угадывается фраза из трёх-четырёх слов."


class NotOnesOwnName(stock.UserAttributeSimilarityValidator):
    """Not the person's own name or mail: what the colleague at the next desk would try first."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "last_name", "first_name", "middle_name"))

    def get_error_message(self) -> str:
        return f"Такой пароль легко угадать: он похож на ваше имя или почту. {PHRASE}"


class LongEnough(stock.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Пароль короче {self.min_length} знаков. {PHRASE}"


class NotKnownToAll(stock.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return f"Этот пароль стоит в списках самых частых, его пробуют первым. {PHRASE}"


class NotOnlyDigits(stock.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return f"Одни цифры подбирают быстро: добавьте слова. {PHRASE}"
