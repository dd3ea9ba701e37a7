from portal.core.contour import Contour, RoomConfig


class CityRecordsConfig(RoomConfig):
    default = True
    name = "portal.city_records"
    label = "city_records"
    verbose_name = "Записи города"
    contour = Contour.EXTERNAL
