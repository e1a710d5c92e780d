"""Assets (Airflow 2: datasets): named data that tasks make and that runs wait for, and conditions over them.

An asset is a name and a URI; nothing here reads or writes what it stands for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tradewind.authoring.trigger_arguments import write_arguments

MAX_NAME_LENGTH = 1500


class AssetCondition:
    """What a `schedule` may be made of: assets, joined by `&` and `|`."""

    def as_plain(self) -> dict[str, Any]:
        """Nested plain data for a ScheduleSpec: {"asset": …}, {"alias": …}, {"all": […]} or {"any": […]}."""
        raise NotImplementedError

    def iter_assets(self) -> Iterator[tuple[tuple[str, str], Asset]]:
        """Every asset inside, under its (name, uri)."""
        raise NotImplementedError

    def iter_asset_aliases(self) -> Iterator[tuple[str, AssetAlias]]:
        yield from ()

    def __or__(self, other: AssetCondition) -> AssetAny:
        return AssetAny(self, _condition(other))

    def __and__(self, other: AssetCondition) -> AssetAll:
        return AssetAll(self, _condition(other))


BaseAsset = AssetCondition


class Asset(AssetCondition):
    """One asset. `Asset("orders")`, `Asset("orders", "s3://bucket/orders")`, `Dataset("s3://bucket/orders")`."""

    asset_type = "asset"

    def __init__(
        self,
        name: str | None = None,
        uri: str | Mapping[str, Any] | None = None,
        *,
        group: str = "asset",
        extra: Mapping[str, Any] | None = None,
        watchers: list[AssetWatcher] | None = None,
        access_control: AssetAccessControl | None = None,
        **_: Any,
    ) -> None:
        if isinstance(uri, Mapping):  # Airflow 2's Dataset(uri, extra)
            uri, extra = None, uri
        given = name if name is not None else uri
        if given is None:
            raise TypeError("an asset needs a name, a uri, or both")
        self.name = _checked(given, "name")
        self.uri = normalize_uri(_checked(uri if uri is not None else given, "uri"))
        self.group = group
        self.extra: dict[str, Any] = dict(extra or {})
        self.watchers = list(watchers or ())
        self.access_control = access_control

    @staticmethod
    def ref(*, name: str = "", uri: str = "") -> AssetRef:
        """The asset that is defined elsewhere under this name or URI."""
        return AssetRef(name=name, uri=uri)

    @property
    def normalized_uri(self) -> str:
        return self.uri

    def as_plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = {"name": self.name, "uri": self.uri, "group": self.group}
        if self.extra:
            plain["extra"] = json.loads(json.dumps(self.extra, default=str))
        if self.watchers:
            plain["watchers"] = [watcher.as_plain() for watcher in self.watchers]
        return {"asset": plain}

    def iter_assets(self) -> Iterator[tuple[tuple[str, str], Asset]]:
        yield (self.name, self.uri), self

    def __fspath__(self) -> str:
        return self.uri

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asset) and (self.name, self.uri) == (other.name, other.uri)

    def __hash__(self) -> int:
        return hash((self.name, self.uri))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(name={self.name!r}, uri={self.uri!r})"


Dataset = Asset


class Model(Asset):
    """An asset that is a trained model."""

    asset_type = "model"

    def __init__(self, name: str | None = None, uri: str | None = None, **options: Any) -> None:
        options.setdefault("group", "model")
        super().__init__(name, uri, **options)


class AssetRef(AssetCondition):
    """Stands for an asset that some other file defines."""

    def __init__(self, *, name: str = "", uri: str = "") -> None:
        if bool(name) == bool(uri):
            raise TypeError("refer to an asset by its name or by its uri")
        self.name, self.uri = name, uri

    def as_plain(self) -> dict[str, Any]:
        return {"asset_ref": {"name": self.name} if self.name else {"uri": self.uri}}

    def iter_assets(self) -> Iterator[tuple[tuple[str, str], Asset]]:
        yield from ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetRef) and (self.name, self.uri) == (other.name, other.uri)

    def __hash__(self) -> int:
        return hash((self.name, self.uri))

    def __repr__(self) -> str:
        return f"Asset.ref(name={self.name!r})" if self.name else f"Asset.ref(uri={self.uri!r})"


AssetNameRef = AssetUriRef = AssetRef


class AssetAlias(AssetCondition):
    """A name under which a task may report assets that are only known while it runs."""

    def __init__(self, name: str, group: str = "asset") -> None:
        self.name = _checked(name, "name")
        self.group = group

    def as_plain(self) -> dict[str, Any]:
        return {"alias": {"name": self.name, "group": self.group}}

    def iter_assets(self) -> Iterator[tuple[tuple[str, str], Asset]]:
        yield from ()

    def iter_asset_aliases(self) -> Iterator[tuple[str, AssetAlias]]:
        yield self.name, self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetAlias) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"AssetAlias({self.name!r})"


class _Joined(AssetCondition):
    """Several conditions joined; the same join nested inside is flattened."""

    word = ""

    def __init__(self, *objects: AssetCondition) -> None:
        self.objects: list[AssetCondition] = []
        for item in map(_condition, objects):
            self.objects += cast(_Joined, item).objects if type(item) is type(self) else [item]

    def as_plain(self) -> dict[str, Any]:
        return {self.word: [item.as_plain() for item in self.objects]}

    def iter_assets(self) -> Iterator[tuple[tuple[str, str], Asset]]:
        for item in self.objects:
            yield from item.iter_assets()

    def iter_asset_aliases(self) -> Iterator[tuple[str, AssetAlias]]:
        for item in self.objects:
            yield from item.iter_asset_aliases()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.objects == cast(_Joined, other).objects

    def __hash__(self) -> int:
        return hash((self.word, *self.objects))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.objects))})"


class AssetAny(_Joined):
    """One of these is enough."""

    word = "any"


class AssetAll(_Joined):
    """All of these are needed."""

    word = "all"


class AssetWatcher:
    """Says that a trigger's events update an asset: the triggerer runs it for as long as the DAG is there."""

    def __init__(self, name: str, trigger: Any = None) -> None:
        self.name = name
        self.trigger = trigger

    def as_plain(self) -> dict[str, Any]:
        """Raises UnwritableArgumentError for an argument of the trigger that no other process could read."""
        path, arguments = self.trigger.serialize()
        return {"name": self.name, "trigger": str(path), "kwargs": write_arguments(arguments, f"trigger {path}")}


class AssetAccessControl:
    """Says which teams' updates of an asset count. Accepted and kept; there are no teams here."""

    def __init__(
        self,
        producer_teams: Sequence[str] = (),
        consumer_teams: Sequence[str] = (),
        allow_global: bool = True,
        **_: Any,
    ) -> None:
        self.producer_teams = list(producer_teams)
        self.consumer_teams = list(consumer_teams)
        self.allow_global = allow_global


class Metadata:
    """Yielded by a task: `extra` for the event of one of its outlets."""

    def __init__(
        self, asset: Asset, extra: Mapping[str, Any] | None = None, alias: AssetAlias | str | None = None
    ) -> None:
        self.asset = asset
        self.extra = dict(extra or {})
        self.alias = AssetAlias(alias) if isinstance(alias, str) else alias

    @property
    def uri(self) -> str:
        return self.asset.uri


AssetLike: TypeAlias = Asset | AssetAlias | AssetRef | AssetAny | AssetAll


def normalize_uri(uri: str) -> str:
    """`uri` in the one form in which equal URIs are equal texts: no login, no fragment, no trailing slash, the query
    sorted. What is not a URI stays as it is."""
    parts = urlsplit(uri)
    if not parts.scheme or "://" not in uri:
        return uri
    if parts.scheme.lower() == "airflow":
        raise ValueError(f"the asset URI {uri!r} uses the scheme airflow, which is reserved")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme.lower(), place, parts.path.rstrip("/") or parts.path, query, ""))


def scheme_of(uri: str) -> str:
    """The URI's scheme in lower case, or ""."""
    return urlsplit(uri).scheme.lower()


def _checked(text: Any, what: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"an asset's {what} is a text, not {type(text).__name__}")
    if not text.strip():
        raise ValueError(f"an asset's {what} may not be empty")
    if len(text) > MAX_NAME_LENGTH:
        raise ValueError(f"an asset's {what} has at most {MAX_NAME_LENGTH} characters, not {len(text)}")
    if not text.isascii():
        raise ValueError(f"an asset's {what} is plain ASCII text, not {text!r}")
    return text


def _condition(item: Any) -> AssetCondition:
    if isinstance(item, AssetCondition):
        return item
    raise TypeError(f"{item!r} is no asset: only assets can be joined by & and |")
