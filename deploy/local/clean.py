"""`make clean`: stop both embedded servers and remove what lies outside the project. The rest is removed by
make itself.
"""

import shutil
import sys

from deploy.local.common import LOCAL, CannotGoOn, complain
from deploy.local.postgres import cluster


def main() -> int:
    if not LOCAL.exists():
        return 0
    try:
        for asked in (cluster(), cluster(fast=True)):
            asked.stop()
            outside = asked.place.parent
            shutil.rmtree(asked.place)
    except CannotGoOn as error:
        return complain(error)
    if outside != LOCAL:
        shutil.rmtree(outside)
    return 0


if __name__ == "__main__":
    sys.exit(main())
