"""Asking a service for what it must refuse."""

import pytest

from kit.refusing import Refused


def refused(code, call, /, *args, **kwargs):
    """Assert that the call is refused with this code and a message for people."""
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert (caught.value.code, bool(caught.value.message)) == (code, True)
