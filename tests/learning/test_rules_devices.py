import pytest

from learning.rules.devices import device_label

PHONE = "Mozilla/5.0 (Linux; Android 10; V1) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (f"{PHONE} MicroMessenger/8.0", "WeChat · Android"),
        (PHONE, "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_two_words(user_agent, label):
    assert device_label(user_agent) == label
