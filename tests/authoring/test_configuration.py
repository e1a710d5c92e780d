import pytest

from tradewind.authoring.configuration import conf
from tradewind.authoring.exceptions import AirflowConfigException


def test_options_come_from_the_environment_then_from_our_settings(monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "7")
    monkeypatch.setenv("AIRFLOW__MINE__FLAG", "Yes")
    assert conf.getint("core", "parallelism") == 7
    assert conf.getboolean("mine", "flag") is True
    assert conf.get("core", "dags_folder").endswith("dags")
    assert conf.getfloat("core", "dagbag_import_timeout") == 60.0
    assert conf.getboolean("scheduler", "catchup_by_default") is False


def test_an_unknown_option_needs_a_fallback(monkeypatch):
    assert conf.get("mine", "gone", fallback="x") == "x"
    assert conf.getint("mine", "gone", fallback=None) is None
    assert conf.getboolean("mine", "gone", fallback=False) is False
    assert conf.getlist("mine", "gone", fallback="a, b") == ["a", "b"]
    assert not conf.has_option("mine", "gone")
    with pytest.raises(AirflowConfigException, match="AIRFLOW__MINE__GONE"):
        conf.get("mine", "gone")


@pytest.mark.parametrize("read", [conf.getint, conf.getboolean])
def test_an_option_of_another_kind_is_refused(read, monkeypatch):
    monkeypatch.setenv("AIRFLOW__MINE__NUMBER", "many")
    with pytest.raises(AirflowConfigException, match="'many', not a"):
        read("mine", "number")
