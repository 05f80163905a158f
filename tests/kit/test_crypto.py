import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.crypto import SealError, decrypt, encrypt, keyed_hash


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens(text):
    assert decrypt(encrypt(text)) == text


def test_a_sealed_value_names_its_key_and_never_repeats():
    first, second = encrypt("36990119900307001X"), encrypt("36990119900307001X")

    assert first.startswith("k1:")
    assert first != second
    assert "3699" not in first


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t[:-6] + "AAAA==",
        lambda t: "k9" + t[2:],
        lambda t: "k1:",
        lambda t: "k1:é",
        lambda t: "",
    ],
)
def test_a_damaged_value_is_refused(spoil):
    with pytest.raises(SealError):
        decrypt(spoil(encrypt("secret text")))


def test_old_values_open_after_a_new_key(settings):
    old = encrypt("text")
    keys = {**settings.KEYS.field_keys, "k2": bytes(32)}
    settings.KEYS = dataclasses.replace(settings.KEYS, field_keys=keys, current_field_key="k2")

    assert decrypt(old) == "text"
    assert encrypt("text").startswith("k2:")


def test_keyed_hashes_need_the_key(settings):
    first = keyed_hash("text")
    settings.KEYS = dataclasses.replace(settings.KEYS, hash_key=bytes(32))

    assert len(first) == 64
    assert keyed_hash("text") != first
