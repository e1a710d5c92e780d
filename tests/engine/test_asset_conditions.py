from __future__ import annotations

import pytest

from tradewind.engine.asset_conditions import Update, is_met, leaves, mentions, missing, name_of

A, B, C = ({"asset": {"name": name, "uri": f"s3://{name}"}} for name in "abc")
BY_NAME, BY_URI = {"asset_ref": {"name": "a"}}, {"asset_ref": {"uri": "s3://b"}}
ALIAS = {"alias": {"name": "daily"}}
A_OR_B_AND_C = {"any": [A, {"all": [B, C]}]}


def updates(names: str) -> list[Update]:
    """`a`, `b`, `c`: updates of these assets; `*`: of an asset that stands for the alias."""
    return [Update("x", "s3://x", "daily") if name == "*" else Update(name, f"s3://{name}") for name in names]


@pytest.mark.parametrize(
    ("condition", "updated", "expected"),
    [
        (None, "a", False),
        ({"all": []}, "a", False),
        ({"any": []}, "a", False),
        (A, "", False),
        (A, "a", True),
        (A, "b", False),
        ({"all": [A, B]}, "a", False),
        ({"all": [A, B]}, "ab", True),
        ({"all": [A, B]}, "bbb", False),
        ({"any": [A, B]}, "b", True),
        ({"any": [A, B]}, "c", False),
        (A_OR_B_AND_C, "a", True),
        (A_OR_B_AND_C, "b", False),
        (A_OR_B_AND_C, "bc", True),
        ({"all": [{"any": [A, B]}, C]}, "ab", False),
        ({"all": [{"any": [A, B]}, C]}, "bc", True),
        (BY_NAME, "a", True),
        (BY_NAME, "b", False),
        (BY_URI, "b", True),
        (BY_URI, "a", False),
        ({"all": [BY_NAME, BY_URI]}, "ab", True),
        (ALIAS, "*", True),
        (ALIAS, "a", False),
        ({"all": [ALIAS, A]}, "*a", True),
        ({"all": [ALIAS, A]}, "a", False),
    ],
)
def test_whether_updates_meet_a_condition(condition, updated, expected):
    assert is_met(condition, updates(updated)) is expected


def test_the_same_name_with_another_uri_is_another_asset():
    assert not is_met(A, [Update("a", "s3://elsewhere")])


def test_what_a_condition_mentions_and_what_it_still_waits_for():
    condition = {"all": [{"any": [A, B]}, ALIAS, A]}

    assert [name_of(leaf) for leaf in leaves(condition)] == ["a", "b", "daily", "a"]
    assert mentions(condition, Update("b", "s3://b"))
    assert not mentions(condition, Update("c", "s3://c"))
    assert missing(condition, updates("b")) == ["a", "daily"]
