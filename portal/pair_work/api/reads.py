"""Reads: the same doors and the same visibility as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics

from portal.mentoring import access
from portal.pair_work.api import serializers as s
from portal.pair_work.models import Meeting, Programme
from portal.ui.api import Operation


@extend_schema_view(get=extend_schema(operation_id="programmes_list", summary="Программы"))
class Programmes(Operation, generics.ListAPIView[Any]):
    serializer_class = s.ProgrammeLineOut

    def get_queryset(self) -> Any:
        return (
            Programme.objects.visible_to(self.by)
            .select_related("pair__mentor")
            .prefetch_related("pair__pair_mentees__mentee")
            .order_by("-id")
        )


@extend_schema_view(get=extend_schema(operation_id="school_meetings_list", summary="Встречи"))
class AllMeetings(Operation, generics.ListAPIView[Any]):
    serializer_class = s.MeetingOut

    def get_queryset(self) -> Any:
        rows = Meeting.objects.visible_to(self.by).select_related("pair__mentor", "moved_to")
        return rows.prefetch_related("pair__pair_mentees__mentee").order_by("-planned_at", "-id")


class MeetingsOfPair(Operation, generics.ListAPIView[Any]):
    """Meetings of one pair; planning shares the address."""

    serializer_class = s.MeetingOut

    def get_queryset(self) -> Any:
        pair = access.pair_for(self.by, self.kwargs["pk"])
        rows = (
            Meeting.objects.visible_to(self.by).filter(pair=pair).select_related("pair__mentor", "moved_to")
        )
        return rows.prefetch_related("pair__pair_mentees__mentee").order_by("-planned_at", "-id")
