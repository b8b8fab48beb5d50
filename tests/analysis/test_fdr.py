import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis import compare_cohort
from analysis.comparison.fdr import q_values
from tests.analysis import reference
from tests.analysis.makers import cohort

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_q_values_are_those_of_r_whatever_the_order() -> None:
    order = np.random.default_rng(1).permutation(len(reference.FDR_P))
    found = q_values(np.array(reference.FDR_P)[order])
    assert_allclose(found, np.array(reference.FDR_Q)[order], rtol=1e-12)


def test_the_published_rejections_are_found() -> None:
    assert (q_values(reference.FDR_P) <= 0.05).sum() == 4


@given(P_VALUES)
def test_a_q_value_is_no_smaller_than_its_p_value_and_keeps_the_order(p: list[float]) -> None:
    q = q_values(p)
    order = np.argsort(p)
    assert (q >= np.array(p) * (1 - 1e-12)).all()
    assert (q <= 1).all()
    assert (np.diff(q[order]) >= 0).all()


def test_patients_who_could_not_be_compared_have_no_q_value_and_do_not_count() -> None:
    found = compare_cohort(cohort(3, 40, nights=45))
    known = found["p_help"].notna()
    assert 0 < known.sum() < 40
    assert (found["q_value"].notna() == known).all()
    assert_allclose(found.loc[known, "q_value"], q_values(found.loc[known, "p_help"]))
