from datetime import datetime, timedelta

import pendulum
import pytest

from tradewind.authoring import macros
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.templates import TemplateEnvironment, render


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ macros.ds_add('2015-01-01', 5) }}", "2015-01-06"),
        ("{{ macros.ds_add('2015-01-06', -5) }}", "2015-01-01"),
        ("{{ macros.ds_format('2015-01-01', '%Y-%m-%d', '%m-%d-%y') }}", "01-01-15"),
        ("{{ macros.datetime(2025, 1, 2).year }}", "2025"),
        ("{{ macros.timedelta(days=1) }}", "1 day, 0:00:00"),
        ("{{ macros.json.dumps([1]) }}", "[1]"),
        ("{{ macros.uuid.UUID(int=0) }}", "00000000-0000-0000-0000-000000000000"),
        ("{{ macros.yaml.safe_load('a: 1') }}", "{'a': 1}"),
        ("{{ macros.dateutil.parser.parse('2025-01-02').day }}", "2"),
        ("{{ macros.time.gmtime(0).tm_year }}", "1970"),
        ("{{ 0 <= macros.random() < 1 }}", "True"),
    ],
)
def test_macros_in_a_template(template, expected):
    assert render(template, {"macros": macros}, TemplateEnvironment()) == expected


def test_a_distance_in_words():
    start = pendulum.datetime(2025, 1, 1)
    assert macros.datetime_diff_for_humans(start, start.add(days=1)) == "1 day before"
    assert macros.datetime_diff_for_humans(datetime.now() - timedelta(days=2)).endswith("ago")


def test_what_cannot_be_had_says_so():
    with pytest.raises(AirflowException, match="Hive"):
        macros.hive
    with pytest.raises(AttributeError):
        macros.unknown
    with pytest.raises(AirflowException, match="needs Babel"):
        macros.ds_format_locale("2025-01-01", "%Y-%m-%d", "EEEE", "de")
