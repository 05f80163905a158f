import json
import os
import subprocess
import sys

import pytest


def start(tmp_path, **environment):
    """Load the product's settings in a process of their own, as production would."""
    return subprocess.run(
        [sys.executable, "-c", "import lms.settings"],
        env={**os.environ, "LMS_DATA": str(tmp_path), "LMS_PRODUCTION": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_on_keys_of_its_own(tmp_path):
    assert start(tmp_path).returncode == 0
    assert os.stat(tmp_path / "keys.json").st_mode & 0o777 == 0o600


def test_production_refuses_a_folder_with_demo_people(tmp_path):
    (tmp_path / "demo").touch()

    done = start(tmp_path)

    assert (done.returncode, "demo passwords" in done.stderr) == (1, True)


@pytest.mark.parametrize("secret", ["changeme", "a" * 60])
def test_production_refuses_a_sample_key(tmp_path, secret):
    start(tmp_path)
    keys = json.loads((tmp_path / "keys.json").read_text()) | {"secret_key": secret}

    done = start(tmp_path, LMS_KEYS=json.dumps(keys))

    assert (done.returncode, "weak or sample" in done.stderr) == (1, True)
