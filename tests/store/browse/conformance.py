"""What lists say on either database."""

from __future__ import annotations

import re
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.store.browse.filled import DAGS, fill, in_order, walked
from tests.store.making import NOW, commit, created
from tradewind.model.ids import RunKey
from tradewind.store import open_store
from tradewind.store.browse import (
    BadCursorError,
    BadFilterError,
    Browser,
    Filter,
    Listing,
    Op,
    Query,
    QueryError,
    UnknownFieldError,
    deep,
    listings,
    names,
)
from tradewind.store.browse.listings import DAGS as ALL_DAGS
from tradewind.store.browse.listings import RUNS, TASK_INSTANCES
from tradewind.store.errors import StoreError

ALL = sorted((one for one in vars(listings).values() if isinstance(one, Listing)), key=lambda one: one.name)
SORTS = [(one.name, field.name) for one in ALL for field in one.fields if field.is_sort]
BY_NAME = {one.name: one for one in ALL}
KEY = ("run_number", "task_id", "map_path")
ORDERS = [
    ("started_at",),
    ("-started_at",),
    ("ended_at", "-task_id"),
    ("-logical_date",),
    ("logical_date", "state"),
    ("-state", "started_at"),
    ("-duration",),
    ("dag_id", "-map_path"),
    (),
]


class BrowseConformance:
    browser: Browser

    # -------------------------------------------------------------------------------- order and pages

    @pytest.mark.parametrize("listing", ALL, ids=lambda one: one.name)
    def test_every_listing_answers(self, listing):
        page = self.browser.page(listing, Query(), None)
        assert page.total == len(page.rows) < 50 or page.total > 50

    @pytest.mark.parametrize(("name", "field"), SORTS)
    def test_every_sort_goes_there_and_back(self, name, field):
        """Cursors lead through all rows once, and back, in either direction."""
        listing = BY_NAME[name]
        whole = self.browser.page(listing, Query(order_by=(f"-{field}",), limit=1000), None)
        assert walked(self.browser, listing, Query(order_by=(f"-{field}",), limit=25)) == list(whole.rows)
        assert self.browser.page(listing, Query(order_by=(field,), limit=1000), set(DAGS)).total == whole.total

    @pytest.mark.parametrize("order", ORDERS)
    def test_pages_are_the_sorted_rows_cut(self, order):
        whole = self.browser.all(TASK_INSTANCES, (), None, order_by=order)
        falls = order[0].startswith("-") if order else False
        keys = [f"-{name}" if falls else name for name in KEY]
        assert list(whole) == in_order(whole, [*order, *keys])
        for offset in range(0, len(whole) + 3, 4):
            page = self.browser.page(TASK_INSTANCES, Query(order_by=order, limit=4, offset=offset), None)
            assert page.rows == whole[offset : offset + 4]
            assert page.total == len(whole)
        assert walked(self.browser, TASK_INSTANCES, Query(order_by=order, limit=4)) == list(whole)

    @pytest.mark.parametrize("window", [1, 3, 1000])
    @pytest.mark.parametrize("order", ORDERS)
    def test_deep_pages_are_the_same_by_leaps(self, order, window, monkeypatch):
        whole = self.browser.all(TASK_INSTANCES, (), None, order_by=order)
        monkeypatch.setattr(deep, "WINDOW_ROWS", window)
        monkeypatch.setattr(deep, "DEEP_ROWS", window)
        for offset in range(0, len(whole) + 3, 3):
            page = self.browser.page(TASK_INSTANCES, Query(order_by=order, limit=4, offset=offset), None)
            assert page.rows == whole[offset : offset + 4]

    @pytest.mark.parametrize("most", [0, 1, 2000])
    @pytest.mark.parametrize("pattern", ["%", "a%a|beta", "BETA", "nothing there is", "_1"])
    @pytest.mark.parametrize("field", ["dag_id", "task_id"])
    def test_patterns_for_names_find_the_same_whether_names_are_asked_or_rows(self, field, pattern, most, monkeypatch):
        monkeypatch.setattr(names, "MOST_NAMES", most)
        asked = (Filter(field, Op.PATTERN, pattern),)
        page = self.browser.page(TASK_INSTANCES, Query(asked, limit=1000), None)
        every = self.browser.all(TASK_INSTANCES, (), None)
        parts = [part.strip("%").replace("%", ".*").replace("_", ".") for part in pattern.split("|")]
        fitting = [row for row in every if any(re.search(part, getattr(row, field), re.IGNORECASE) for part in parts)]
        assert list(page.rows) == fitting
        assert page.total == self.browser.count(TASK_INSTANCES, asked, None) == len(fitting)

    def test_a_cursor_stays_right_while_rows_are_added(self):
        first = self.browser.page(RUNS, Query(order_by=("-number",), limit=5), None)
        late = RunKey("alpha", "late")
        commit(self.store, created(late, NOW + timedelta(days=9)))
        second = self.browser.page(RUNS, Query(order_by=("-number",), limit=5, cursor=first.next), None)
        self.store.delete_run(late)
        assert second.rows[0].number == first.rows[-1].number - 1

    @pytest.mark.parametrize("cursor", ["x", "äö", "AAAA", "a" * 9000, "kZGR"])
    def test_a_damaged_cursor_is_refused(self, cursor):
        with pytest.raises(BadCursorError):
            self.browser.page(RUNS, Query(cursor=cursor), None)

    def test_a_cursor_of_another_order_is_refused(self):
        cursor = self.browser.page(RUNS, Query(order_by=("-number",), limit=2), None).next
        for query in (Query(order_by=("number",), cursor=cursor), Query(order_by=("dag_id",), cursor=cursor)):
            with pytest.raises(BadCursorError):
                self.browser.page(RUNS, query, None)

    # -------------------------------------------------------------------------------- filters

    @pytest.mark.parametrize(
        ("op", "value", "found"),
        [
            (Op.EQ, "beta2", {"beta2"}),
            (Op.NE, "beta2", {"alpha", "Beta_1", "gamma%"}),
            (Op.IN, ("alpha", "gamma%"), {"alpha", "gamma%"}),
            (Op.IN, (), set()),
            (Op.NOT_IN, ("alpha", "gamma%"), {"Beta_1", "beta2"}),
            (Op.PATTERN, "BETA", {"Beta_1", "beta2"}),
            (Op.PATTERN, "eta_1", {"Beta_1"}),
            (Op.PATTERN, "a%a", {"alpha", "gamma%"}),
            (Op.PATTERN, "alp | amm", {"alpha", "gamma%"}),
            (Op.PATTERN, "\\", set()),
            (Op.PATTERN, "%", set(DAGS)),
            (Op.PREFIX, "beta", {"beta2"}),
            (Op.PREFIX, "a|g", {"alpha", "gamma%"}),
            (Op.PREFIX, "gamma%", {"gamma%"}),
            (Op.PREFIX, "", set(DAGS)),
            (Op.GE, "beta2", {"beta2", "gamma%"}),
            (Op.EQ, "a\0b", set()),
            (Op.EQ, "'; DROP TABLE run; --", set()),
        ],
    )
    def test_filters_of_texts(self, op, value, found):
        asked = Filter("dag_id", op, value)
        assert {row.dag_id for row in self.browser.all(ALL_DAGS, [asked], None)} == found
        assert {row.dag_id for row in self.browser.all(TASK_INSTANCES, [asked], None)} == found
        assert self.browser.count(RUNS, [asked], None) == 3 * len(found)

    @pytest.mark.parametrize(
        ("op", "value", "found"),
        [
            (Op.HAS_ANY, ("nightly", "x"), {"alpha", "Beta_1", "gamma%"}),
            (Op.HAS_ALL, ("nightly", "a|b"), {"alpha"}),
            (Op.HAS_ALL, (), set(DAGS)),
            (Op.HAS_ANY, (), set()),
        ],
    )
    def test_tags(self, op, value, found):
        assert {row.dag_id for row in self.browser.all(ALL_DAGS, [Filter("tags", op, value)], None)} == found

    def test_each_part_of_a_summary_is_told_from_the_others(self):
        """Their statements differ in a name alone."""
        for field, asked in (("tags", "nightly"), ("owners", "ada"), ("tags", "ada"), ("owners", "nightly")):
            found = self.browser.count(ALL_DAGS, [Filter(field, Op.HAS_ANY, (asked,))], None)
            assert found == {"tagsnightly": 2, "ownersada": 4}.get(field + asked, 0)
        assert self.browser.count(ALL_DAGS, [Filter("label", Op.EQ, "alpha")], None) == 1

    def test_a_summary_is_read(self):
        row = self.browser.first(ALL_DAGS, Filter("dag_id", Op.EQ, "alpha"), visible=None)
        assert row.summary["description"] == "null \0 and ü"

    @pytest.mark.parametrize("state", ["success", "failed", "queued", "skipped"])
    def test_states_are_found_with_and_without_a_partial_index(self, state):
        every = self.browser.all(TASK_INSTANCES, (), None)
        some = self.browser.all(TASK_INSTANCES, [Filter("state", Op.EQ, state)], None)
        assert some == tuple(row for row in every if row.state == state) != ()
        both = self.browser.all(TASK_INSTANCES, [Filter("state", Op.IN, (state, "success"))], None)
        assert both == tuple(row for row in every if row.state in (state, "success"))

    def test_no_value_can_be_asked_for(self):
        none = self.browser.all(TASK_INSTANCES, [Filter("started_at", Op.IS_NULL)], None)
        assert none == self.browser.all(TASK_INSTANCES, [Filter("started_at", Op.IN, (None,))], None) != ()
        some = self.browser.count(TASK_INSTANCES, [Filter("started_at", Op.IS_NULL, False)], None)
        assert some + len(none) == self.browser.count(TASK_INSTANCES, (), None)

    @pytest.mark.parametrize(
        ("field", "op", "value", "error"),
        [
            ("nothing", Op.EQ, "x", UnknownFieldError),
            ("conf", Op.EQ, "x", BadFilterError),
            ("dag_id", Op.EQ, 1, BadFilterError),
            ("dag_id", Op.EQ, "\ud800", BadFilterError),
            ("dag_id", Op.HAS_ANY, ("x",), BadFilterError),
            ("dag_id", Op.IN, "x", BadFilterError),
            ("number", Op.EQ, 1 << 70, BadFilterError),
            ("number", Op.EQ, True, BadFilterError),
            ("number", Op.PATTERN, "1", BadFilterError),
            ("run_after", Op.GE, "2026", BadFilterError),
            ("run_after", Op.GE, NOW.replace(tzinfo=None), BadFilterError),
        ],
    )
    def test_what_cannot_be_asked_is_refused(self, field, op, value, error):
        with pytest.raises(error) as found:
            self.browser.page(RUNS, Query((Filter(field, op, value),)), None)
        assert found.value.hint

    @pytest.mark.parametrize("query", [Query(order_by=("nothing",)), Query(order_by=("conf",)), Query(limit=-1)])
    def test_no_such_order_or_page(self, query):
        with pytest.raises(QueryError):
            self.browser.page(RUNS, query, None)

    # -------------------------------------------------------------------------------- rights

    @pytest.mark.parametrize("listing", [one for one in ALL if one.dag_id is not None], ids=lambda one: one.name)
    def test_only_what_is_visible_is_listed_and_counted(self, listing):
        page = self.browser.page(listing, Query(limit=1000), {"alpha"})
        dag_of = "source_dag_id" if listing.is_seen_without_dag else "dag_id"
        assert {getattr(row, dag_of) for row in page.rows} <= {"alpha", None}
        assert page.total == len(page.rows)
        assert listing.is_seen_without_dag or self.browser.page(listing, Query(), ()).total == 0

    def test_a_filter_cannot_reach_beyond_what_is_visible(self):
        asked = Filter("dag_id", Op.IN, ("alpha", "beta2"))
        assert {row.dag_id for row in self.browser.all(RUNS, [asked], {"alpha"})} == {"alpha"}
        assert self.browser.count(TASK_INSTANCES, [Filter("dag_id", Op.EQ, "beta2")], {"alpha"}) == 0

    # -------------------------------------------------------------------------------- threads

    def test_many_threads_read_at_once(self):
        found: list[int | None] = []
        ask = lambda: found.append(self.browser.page(TASK_INSTANCES, Query(limit=3), None).total)  # noqa: E731
        threads = [threading.Thread(target=ask) for _ in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert found == [60] * 24

    def test_nothing_can_be_written(self):
        with pytest.raises(StoreError):
            self.browser.read(text("DELETE FROM run"))
        assert self.browser.count(RUNS, (), None) == 12


def opened(cls, url, home):
    """For the tests of one class, which leave it as it is."""
    with closing(open_store(url, home=home)) as store, closing(Browser.open(url)) as browser:
        fill(store)
        cls.store, cls.browser = store, browser
        yield
