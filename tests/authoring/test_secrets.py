import base64
import json
from typing import NamedTuple
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring.secrets import MASK, SecretsMasker

SECRET = "pä55/w?rd &+x"


class Login(NamedTuple):
    user: str
    key: str


@pytest.fixture
def masker():
    found = SecretsMasker()
    found.add_mask(SECRET)
    return found


@pytest.mark.parametrize("form", [SECRET, quote_plus(SECRET), json.dumps(SECRET), repr(SECRET)])
def test_a_secret_is_masked_in_each_of_its_forms(masker, form):
    assert "w?rd" not in masker.redact(f"<{form}>")
    assert masker.redact(f"<{form}>").strip("<>\"'") == MASK


@given(before=st.binary(max_size=8), behind=st.binary(max_size=8))
def test_nothing_readable_stays_in_base64(before, behind):
    masker = SecretsMasker()
    masker.add_mask("a-long-secret-text")

    shown = masker.redact(base64.b64encode(before + b"a-long-secret-text" + behind).decode())

    assert MASK in shown


def test_lines_of_a_key_are_masked_one_by_one():
    masker = SecretsMasker()
    masker.add_mask("-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\nkiG9w0BAQEFAASCB\n-----END KEY-----")

    assert masker.redact("log: MIIEvQIBADANBgkqh") == "log: ***"
    assert masker.redact("-----BEGIN KEY-----") == "-----BEGIN KEY-----"


def test_structures_are_copied_with_their_secrets_masked(masker):
    given_value = {
        "a": [SECRET, 1],
        "password": 12,
        "deep": {"api_key": ["x", {"y": "z"}]},
        "t": (SECRET,),
        "s": {SECRET},
    }

    assert masker.redact(given_value) == {
        "a": [MASK, 1],
        "password": MASK,
        "deep": {"api_key": [MASK, {"y": MASK}]},
        "t": (MASK,),
        "s": {MASK},
    }
    assert given_value["a"][0] == SECRET
    assert masker.redact(Login("me", SECRET)) == Login("me", MASK)


@pytest.mark.parametrize("value", [None, 3, 2.5, b"x", object()])
def test_what_is_no_text_stays_as_it_is(masker, value):
    assert masker.redact(value) is value


@pytest.mark.parametrize(
    ("name", "is_masked"),
    [(None, True), ("db_password", True), ("API-Key", False), ("user", False), ("Access_Token", True)],
)
def test_with_a_name_only_sensitive_ones_count(name, is_masked):
    masker = SecretsMasker()
    masker.add_mask("hunter22", name)

    assert (masker.redact("hunter22") == MASK) is is_masked


def test_mappings_count_by_their_keys():
    masker = SecretsMasker()
    masker.add_mask({"user": "somebody", "extra": {"token": ["tok-12345"]}, "secret": "abcde"})

    assert masker.redact("somebody tok-12345 abcde") == "somebody *** ***"


def test_short_texts_are_not_masked():
    masker = SecretsMasker()
    masker.add_mask("abcd")

    assert masker.redact("abcd") == "abcd"


def test_the_longer_of_two_secrets_leaves_no_tail():
    masker = SecretsMasker()
    masker.add_mask("abcdef")
    masker.add_mask("abcdefghij")

    assert masker.redact("abcdefghij abcdef") == "*** ***"


def test_forgetting():
    masker = SecretsMasker()
    masker.add_mask("hunter22")
    masker.reset()

    assert masker.redact("hunter22") == "hunter22"
