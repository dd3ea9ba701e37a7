"""The API of the heart: reads of everything, writes of pair, programme and meeting."""
