from portal.core.contour import Contour, RoomConfig


class PapersConfig(RoomConfig):
    default = True
    name = "portal.papers"
    label = "papers"
    verbose_name = "Документы"
    contour = Contour.LIBRARY

    def ready(self) -> None:
        from portal.core.workflow import transitioned
        from portal.papers import printing  # noqa: F401  (its jobs register themselves)
        from portal.papers.freezing import keep_signed

        transitioned.connect(keep_signed, dispatch_uid="papers.keep_signed")
