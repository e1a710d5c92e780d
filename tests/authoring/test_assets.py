import os

import pytest

from tradewind.authoring.assets import Asset, AssetAlias, AssetAll, AssetAny, Dataset, Model


@pytest.mark.parametrize(
    ("asset", "name", "uri"),
    [
        (Asset("orders"), "orders", "orders"),
        (Asset("orders", "s3://b/orders"), "orders", "s3://b/orders"),
        (Asset(uri="s3://b/o"), "s3://b/o", "s3://b/o"),
        (Dataset("S3://b/o/?z=1&a=2#part"), "S3://b/o/?z=1&a=2#part", "s3://b/o?a=2&z=1"),
        (Dataset("postgres://u:p@h/db", {"k": 1}), "postgres://u:p@h/db", "postgres://h/db"),
    ],
)
def test_names_and_uris(asset, name, uri):
    assert (asset.name, asset.uri, os.fspath(asset)) == (name, uri, uri)


def test_what_a_dataset_says_besides():
    assert Dataset("x://y", {"k": 1}).extra == Dataset("x://y", extra={"k": 1}).extra == {"k": 1}
    assert Model("m").group == "model"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Asset(), TypeError),
        (lambda: Asset(" "), ValueError),
        (lambda: Asset("ü"), ValueError),
        (lambda: Asset("x" * 1501), ValueError),
        (lambda: Asset("airflow://x"), ValueError),
        (lambda: Asset(5), TypeError),
        (lambda: Asset("a") | "b", TypeError),
        (lambda: Asset.ref(), TypeError),
    ],
)
def test_refused(make, error):
    with pytest.raises(error):
        make()


def test_conditions_flatten_and_become_plain_data():
    a, b, c = Asset("a"), Asset("b"), AssetAlias("c")

    condition = (a & b) | c | b

    assert condition == AssetAny(AssetAll(a, b), c, b)
    assert [asset for _, asset in condition.iter_assets()] == [a, b, b]
    assert [name for name, _ in condition.iter_asset_aliases()] == ["c"]
    plain = {asset.name: asset.as_plain() for asset in (a, b)}
    assert condition.as_plain() == {
        "any": [{"all": [plain["a"], plain["b"]]}, {"alias": {"name": "c", "group": "asset"}}, plain["b"]]
    }


def test_equal_assets_are_one_key():
    assert len({Asset("a"), Asset("a"), Asset("a", "b://c"), Asset.ref(name="a"), Asset.ref(name="a")}) == 3
