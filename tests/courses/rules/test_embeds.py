import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.embeds import outside_host

HOSTS = ["gov.cn", "v.qq.com"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://gov.cn/a", "gov.cn"), ("https://www.SAMR.gov.cn/", "www.samr.gov.cn"),
        ("https://v.qq.com:443/x", "v.qq.com"), ("http://gov.cn/", None),
        ("https://notgov.cn/", None), ("https://gov.cn.evil.com/", None),
        ("https://qq.com/", None), ("https://a@gov.cn/", None), ("https://:b@gov.cn/", None),
        ("https://gov.cn:8443/", None), ("https://gov.cn:x/", None), ("javascript:1", None),
        ("", None),
    ],
)  # fmt: skip
def test_only_listed_hosts_over_https(url, host):
    assert outside_host(url, HOSTS) == host


@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    assert outside_host(f"https://{text}", []) is None
