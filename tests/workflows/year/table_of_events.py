"""Each kind of event of a school's year, by its name."""

from collections.abc import Callable

from tests.workflows.year import events, posts
from tests.workflows.year.events import Draw

EVENTS: dict[str, Callable[[Draw], object]] = {
    "hire": events.hire,
    "dismiss": events.dismiss,
    "take_dismissal_back": events.take_dismissal_back,
    "come_back": events.come_back,
    "state_service_anew": events.state_service_anew,
    "other_post": posts.other_post,
    "was_never_such": posts.was_never_such,
    "second_position": posts.second_position,
    "other_category": events.other_category,
    "office": events.office,
    "go_away": events.go_away,
    "be_back": events.be_back,
    "was_never_away": events.was_never_away,
    "guest": events.guest,
    "longer_or_shorter_stay": events.longer_or_shorter_stay,
    "guest_never_came": events.guest_never_came,
    "guest_is_hired": events.guest_is_hired,
    "marry": events.marry,
    "was_spelt_wrongly": events.was_spelt_wrongly,
    "was_called_before": events.was_called_before,
    "bore_no_such_name": events.bore_no_such_name,
    "entered_twice": events.entered_twice,
    "merge": events.merge,
    "merge_and_undo": events.merge_and_undo,
    "undo_merge": events.undo_merge,
    "divide": events.divide,
    "other_term": events.other_term,
    "pause": events.pause,
    "go_on": events.go_on,
    "notice": events.notice,
    "night": events.night,
}
