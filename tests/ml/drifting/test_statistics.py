"""Our statistics against SciPy's, and corrections against their definitions."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon

from tradewind.ml.drifting.bins import OTHERS, bin_categories, bin_numbers, pooled
from tradewind.ml.drifting.correction import benjamini_hochberg, corrected, holm
from tradewind.ml.drifting.statistics import (
    auc_p_value,
    chi_squared,
    jensen_shannon_distance,
    kolmogorov_smirnov,
    population_stability_index,
    wasserstein_distance,
)

numbers = st.lists(st.integers(-20, 20), min_size=1, max_size=40).map(lambda values: numpy.array(values, float))
counts = st.lists(st.integers(0, 50), min_size=2, max_size=8)
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@pytest.mark.filterwarnings("ignore:ks_2samp:RuntimeWarning")
@settings(deadline=None)
@given(numbers, numbers)
def test_distances_are_scipys(a, b):
    assert kolmogorov_smirnov(a, b)[0] == pytest.approx(stats.ks_2samp(a, b).statistic, abs=1e-12)
    assert wasserstein_distance(a, b) == pytest.approx(stats.wasserstein_distance(a, b), abs=1e-9)


@pytest.mark.parametrize("shift", [0.0, 0.1, 0.2, 0.5])
@pytest.mark.parametrize("size", [30, 200, 2000])
def test_p_values_of_the_ks_test_are_near_scipys(size, shift):
    rng = numpy.random.default_rng(size)
    a, b = rng.normal(size=size), rng.normal(shift, size=size + 10)
    exact = stats.ks_2samp(a, b, method="exact" if size < 1000 else "asymp").pvalue
    assert kolmogorov_smirnov(a, b)[1] == pytest.approx(exact, abs=0.03, rel=0.15)


@settings(deadline=None)
@given(st.integers(2, 8).flatmap(lambda n: st.tuples(*[st.lists(st.integers(1, 50), min_size=n, max_size=n)] * 2)))
def test_chi_squared_is_scipys(tables):
    statistic, p = chi_squared(*tables)
    expected = stats.chi2_contingency(tables, correction=False)
    assert (statistic, p) == (pytest.approx(expected.statistic, abs=1e-9), pytest.approx(expected.pvalue, abs=1e-9))


@settings(deadline=None)
@given(st.integers(2, 8).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 50), min_size=n, max_size=n)] * 2)))
def test_jensen_shannon_is_scipys(tables):
    if all(map(sum, tables)):
        assert jensen_shannon_distance(*tables) == pytest.approx(jensenshannon(*tables, base=2), abs=1e-7)


def test_the_stability_index_is_its_definition():
    assert population_stability_index([50, 50], [50, 50]) == 0
    p, q = numpy.array([0.5, 0.3, 0.2]), numpy.array([0.2, 0.3, 0.5])
    assert population_stability_index(p * 100, q * 1000) == pytest.approx(((q - p) * numpy.log(q / p)).sum())
    assert 0 < population_stability_index([100, 0], [0, 100]) < 20, "an empty bin is no infinity"


def test_the_p_value_of_an_area_is_that_of_mann_and_whitney():
    rng = numpy.random.default_rng(5)
    a, b = rng.normal(size=80), rng.normal(0.3, size=90)
    expected = stats.mannwhitneyu(b, a, alternative="greater", method="asymptotic", use_continuity=False)
    assert auc_p_value(expected.statistic / (80 * 90), 80, 90) == pytest.approx(expected.pvalue, rel=1e-6)


def test_what_has_one_bin_is_no_evidence():
    assert chi_squared([3, 0], [9, 0]) == (0.0, 1.0)
    assert chi_squared([0, 0], [9, 1]) == (0.0, 1.0)


@settings(deadline=None)
@given(p_values)
def test_benjamini_hochberg_is_scipys(p):
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p).tolist())


@settings(deadline=None)
@given(p_values)
def test_holm_is_monotone_and_between_none_and_bonferroni(p):
    found = holm(p)
    assert all(one <= adjusted <= min(1.0, one * len(p)) + 1e-12 for one, adjusted in zip(p, found, strict=True))
    in_order = [found[place] for place in sorted(range(len(p)), key=p.__getitem__)]
    assert in_order == sorted(in_order)


def test_holm_by_hand():
    assert corrected([0.01, 0.04, 0.03], "holm") == pytest.approx([0.03, 0.06, 0.06])
    assert corrected([0.01, 0.04], "none") == [0.01, 0.04]


@settings(deadline=None)
@given(numbers, numbers)
def test_every_number_is_in_one_bin(a, b):
    found = bin_numbers(a, b)
    assert (sum(found.reference), sum(found.current)) == (len(a), len(b))
    assert len(found.labels) == len(found.reference) + 1 == len(found.current) + 1


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("defghi")))
def test_every_category_is_counted_once(a, b):
    found = bin_categories(a, b, most=2)
    assert (sum(found.reference), sum(found.current)) == (len(a), len(b))
    assert set(found.new) == set(b) - set(a)
    assert set(found.gone) == set(a) - set(b)


def test_rare_categories_are_put_together():
    assert bin_categories(["a"] * 9 + ["b", "c"], ["a", "z"], most=1).labels == ("a", "z", OTHERS)
    assert pooled([50, 1, 1], [50, 2, 0]) == ([50, 2], [50, 2])
