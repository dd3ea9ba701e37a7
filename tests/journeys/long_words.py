"""Words as long as real ones get."""

WORD = "превысокомногорассмотрительствующий" * 5
"""A word of more than 150 letters: somebody will write one."""
TOPIC = "Листы самооценки: как пятиклассник сам узнаёт, что получилось, а что ещё нет"
