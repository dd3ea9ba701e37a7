"""What mentoring keeps of a person, when a card is divided into two."""

from portal.mentoring.models import MentoringConsent, Pair, PairMentee
from portal.staff.belongings import Belonging
from portal.staff.models import Person


def pairs_of_card(person: Person) -> list[Belonging]:
    """Each pair with the consent to it."""
    consents = {one.pair_id: one for one in MentoringConsent.objects.filter(person=person)}
    led = [(pair, pair, "mentor") for pair in Pair.objects.filter(mentor=person).with_people().order_by("pk")]
    places = PairMentee.objects.filter(mentee=person).select_related("pair").order_by("pk")
    pairs = Pair.objects.filter(pk__in=[place.pair_id for place in places]).with_people().in_bulk()
    joined = [(pairs[place.pair_id], place, "mentee") for place in places]
    return [
        Belonging(
            f"Пара: {pair.title}",
            ((row, key), *([(consents[pair.pk], "person")] if pair.pk in consents else [])),
        )
        for pair, row, key in [*led, *joined]
    ]
