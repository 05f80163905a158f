"""`bin/bench [autosave] [heartbeats] [certificates] [report] [catalogue]`; or all."""

import importlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

NAMES = ("autosave", "heartbeats", "certificates", "report", "catalogue")


def main() -> int:
    names = sys.argv[1:] or list(NAMES)
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}\n")
        return 2
    data = Path(tempfile.mkdtemp(prefix="lms-bench-"))
    os.environ["LMS_DATA"] = str(data)
    os.environ.setdefault("LMS_LOG_LEVEL", "ERROR")
    os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings"
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        for name in names:
            sys.stdout.write(f"\n== {name}\n")
            importlib.import_module(f"bench.{name}").run()
    finally:
        shutil.rmtree(data, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
