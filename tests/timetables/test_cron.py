from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.timetables import TimetableError
from tradewind.timetables.cron import parse_cron

NOW = datetime(2025, 1, 15, 12, 30, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("expression", "following", "preceding"),
    [
        ("* * * * *", "2025-01-15 12:31", "2025-01-15 12:30"),
        ("@midnight", "2025-01-16 00:00", "2025-01-15 00:00"),
        ("@annually", "2026-01-01 00:00", "2025-01-01 00:00"),
        ("0 0 29 2 *", "2028-02-29 00:00", "2024-02-29 00:00"),
        ("0 0 L * *", "2025-01-31 00:00", "2024-12-31 00:00"),
        ("0 0 * * L5", "2025-01-31 00:00", "2024-12-27 00:00"),
        ("0 0 * * fri#2", "2025-02-14 00:00", "2025-01-10 00:00"),
        ("0 0 15W 2,6 *", "2025-02-14 00:00", "2024-06-14 00:00"),
        ("0 0 1W 3 *", "2025-03-03 00:00", "2024-03-01 00:00"),
        ("0 0 LW 8 *", "2025-08-29 00:00", "2024-08-30 00:00"),
        ("0 0 * * fri-mon", "2025-01-17 00:00", "2025-01-13 00:00"),
        ("0 22-2 * * *", "2025-01-15 22:00", "2025-01-15 02:00"),
        ("10/20 * * * *", "2025-01-15 12:50", "2025-01-15 12:30"),
        ("0 0 ? * 7", "2025-01-19 00:00", "2025-01-12 00:00"),
        ("0 0 13 * 5", "2025-01-17 00:00", "2025-01-13 00:00"),
        ("0 0 1-31 * 5", "2025-01-16 00:00", "2025-01-15 00:00"),
        ("0 0 */2 * 5", "2025-01-17 00:00", "2025-01-15 00:00"),
        ("30 12 * * * 15,45", "2025-01-15 12:30:45", "2025-01-15 12:30:15"),
        ("0 0 1 1 * 0 2026-2027", "2026-01-01 00:00", None),
        ("0 0 1 1 * 0 2020", None, "2020-01-01 00:00"),
    ],
)
def test_the_match_after_and_before(expression, following, preceding):
    cron = parse_cron(expression)
    assert cron.next_after(NOW) == (following and datetime.fromisoformat(following))
    assert cron.last_before(NOW) == (preceding and datetime.fromisoformat(preceding))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("61 * * * *", ["minute '61'", "0-59"]),
        ("* 24 * * *", ["hour '24'"]),
        ("0 0 0 * *", ["day of month '0'"]),
        ("0 0 * foo *", ["month 'foo'", "neither a number nor a name"]),
        ("0 0 * * 8", ["day of week '8'"]),
        ("0 0 * * 5L", ["day of week '5l'", "write l5"]),
        ("0 0 * * mon#6", ["'mon#6'", "five weeks"]),
        ("0 0 * * 1,2#1", ["mix"]),
        ("*/0 * * * *", ["'*/0'", "step"]),
        ("-5 * * * *", ["negative"]),
        ("x * * * *", ["minute 'x'", "not a number"]),
        ("* * * *", ["4 fields", "not 5 to 7"]),
        ("@dayly", ["no preset", "@daily"]),
        ("0 0 30 2 *", ["never comes"]),
        ("H * * * *", ["hashed", "write the number out"]),
    ],
)
def test_a_wrong_expression_is_named_by_field_and_value(expression, words):
    with pytest.raises(TimetableError) as caught:
        parse_cron(expression)
    assert all(word in str(caught.value) for word in words)
    assert caught.value.hint


@pytest.mark.parametrize("expression", ["H H * * *", "H(0-29) * * * *", "H/15 * * * *", "H(30-59)/10 0 * * H"])
def test_a_hash_is_fixed_for_one_dag(expression):
    # given two DAGs
    mine, again, other = (parse_cron(expression, dag) for dag in ("my_dag", "my_dag", "other_dag"))
    # then the same DAG gets the same times, and the other one others
    assert mine == again != other
    assert "h" not in mine.expression.lower()


FIELD = st.integers(1, 23).map(lambda step: f"*/{step}") | st.lists(st.integers(0, 23), min_size=1, max_size=4).map(
    lambda numbers: ",".join(map(str, numbers))
)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1))


@given(FIELD, FIELD, INSTANTS)
def test_the_next_match_is_the_first_minute_that_matches(minute, hour, start):
    # given a cron of minutes and hours
    cron = parse_cron(f"{minute} {hour} * * *")
    minutes, hours = (
        set(range(0, top, int(text[2:]))) if text.startswith("*/") else set(map(int, text.split(",")))
        for text, top in ((minute, 60), (hour, 24))
    )
    # when every minute of the following day is tried
    tick = start.replace(second=0, microsecond=0)
    tried = (tick + timedelta(minutes=count) for count in range(1, 24 * 60 + 1))
    # then the first that fits is the answer
    assert cron.next_after(start) == next(at for at in tried if at.minute in minutes and at.hour in hours)


@given(FIELD, st.sampled_from(["*", "1", "L", "15W", "10-20/3"]), st.sampled_from(["*", "mon", "5#2", "L0"]), INSTANTS)
def test_before_and_after_are_inverse(hour, day, weekday, start):
    cron = parse_cron(f"0 {hour} {day} * {weekday}")
    following = cron.next_after(start)
    assert following is not None
    assert following > start
    assert cron.last_before(following + timedelta(seconds=1)) == following
    before = cron.last_before(following)
    assert before is not None
    assert before <= start
    assert cron.next_after(before) == following
