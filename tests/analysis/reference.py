"""Published and reference figures, with their sources."""

# Newcombe, Statistics in Medicine 17 (1998) 857-872, score interval without continuity correction: x, n, low, high.
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]

# Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: x1, n1, x2, n2, low, high.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]

# Onghena (1992), ABAB phase design, as shipped with the R package SCRT 1.3.1.
ABAB_COUNTS = [6, 2, 5, 3, 4, 4, 1, 2, 3, 1, 3, 2, 2, 3, 4, 2, 4, 3, 0, 1, 2, 0, 2, 1]
ABAB_ARM = [0] * 6 + [1] * 6 + [0] * 6 + [1] * 6
# R 4.2.2: glm(y ~ x, family = quasipoisson); glm(y ~ x + t, family = quasipoisson) with t = 1..24.
ABAB_COEFFICIENTS = [1.25276296849537, -0.847297860387203]
ABAB_SE = [0.114861465688731, 0.20970738350864]
ABAB_DISPERSION = 0.554112564607183
ABAB_WITH_TIME = [1.50795666812652, -0.676170914964066, -0.028521157570523]
ABAB_WITH_TIME_DISPERSION = 0.484824967989907
ABAB_WITH_TIME_SE = [0.163081942390179, 0.21484389787795, 0.014605676907672]

# R 4.2.2: wilcox.test of the same counts, phases A against B: pairs in which A is higher, ties half.
ABAB_WILCOXON_W = 129

# Numbers of schedules by SCRT 1.3.1 quantity(): blocks -> schedules.
BALANCED_MAX_RUN_2 = {6: 14, 8: 34, 10: 84, 12: 208}
BALANCED_FREE = {6: 20, 8: 70, 10: 252, 12: 924}
PAIRS = {6: 8, 8: 16, 10: 32, 12: 64}

# McKissick et al. (2010) as shipped with the R package SingleCaseES 0.7.4, periods 1-3: counts without, counts with,
# rate ratio.
MCKISSICK = [
    ([13.62, 12.57, 15.76], [5.97, 4.63, 5.82, 3.72, 8.07, 2.95, 11.86], 0.43950280946705256),
    ([8.07, 21.86, 19.6, 20.98, 17.75], [9.96, 4.02, 10.8, 9.57, 0.04, 5.57, 24.52], 0.5218348386261371),
    (
        [11.82, 13.95, 11.93, 16.09, 18.09, 11.75, 13.75, 12.59, 11],
        [1.98, 4.8, 11.87, 5.34],
        0.44620567082747786,
    ),
]

# The same periods by SingleCaseES 0.7.4 in R 4.2.2: log response ratio R1; NAP of a decrease, its unbiased standard
# error, Tau.
MCKISSICK_LOG_RATIOS = [-0.822111169460835, -0.650404142264241, -0.806975287903825]
MCKISSICK_NAP = [
    (1.0, 0.0440100655016247, 1.0),
    (0.771428571428571, 0.153861851632414, 0.542857142857143),
    (0.916666666666667, 0.0833333333333333, 0.833333333333333),
]

# Daily pain ratings of Borckardt & Nash (2014) as shipped with the R package scan 0.67.1: without, with; NAP of a
# decrease and its unbiased standard error by SingleCaseES 0.7.4 in R 4.2.2.
PAIN_RATINGS = ([7, 9, 8, 7, 7, 8, 8], [3, 4, 2, 4, 2, 1, 4, 5, 3, 2, 1, 2, 4, 4])
PAIN_RATINGS_NAP = (1.0, 0.00806703484736828)

# Published nonoverlap: phase A, phase B, 1 where B should rise or -1 where it should fall, NAP. In order: "gretchen" of
# the reference page of nap() in scan 0.67.1 (94 %); Parker, Vannest & Davis (2011), example 1.
NAP = [
    ([12, 14, 9, 10], [10, 6, 4, 5, 3, 4], -1, 0.9375),
    ([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], 1, 0.9166666666666666),
]
# The same with Tau. In order: Parker, Vannest & Davis (2011), examples 1 and 2; "Bob" of Parker, Vannest, Davis &
# Sauber (2011) as on the reference page of tau_u() in scan 0.67.1; Tarlow (2017).
TAU = [
    ([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], 1, 0.8333333333333334),
    ([3, 3, 4, 5], [4, 5, 6, 7, 7], 1, 0.8),
    ([2, 3, 5, 3], [4, 5, 5, 7, 6], 1, 0.8),
    ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 1, 1.0),
]

# Example of poisson.test of base R: 11 events in 800 and 21 in 3011 units of time.
ELEVEN_IN_800 = 1.9714880952381

# poisson.test of base R: 4 cramps in 14 nights with, 13 in 14 without.
FOUR_OF_SEVENTEEN = 0.307692307692308

# Sample diary of the R package nof1 0.5.0: runs of treatments and daily counts; the first 7 days after each change are
# dropped.
NOF1_RUNS = [("baseline", 14), ("liberalized", 56), ("strict", 56), ("liberalized", 56), ("strict", 56)]
NOF1_WASHOUT_DAYS = 7
NOF1_MEANS = {"baseline": 2.9, "strict": 2.7, "liberalized": 2.5}
NOF1_COUNTS = [
    4,
    2,
    2,
    4,
    4,
    2,
    2,
    3,
    2,
    3,
    6,
    0,
    5,
    1,
    0,
    2,
    4,
    1,
    3,
    2,
    2,
    5,
    2,
    3,
    2,
    3,
    2,
    2,
    1,
    3,
    3,
    5,
    2,
    2,
    0,
    0,
    0,
    2,
    0,
    1,
    2,
    2,
    2,
    2,
    3,
    3,
    1,
    2,
    2,
    3,
    4,
    0,
    1,
    1,
    7,
    4,
    1,
    2,
    5,
    4,
    3,
    3,
    1,
    2,
    2,
    3,
    3,
    0,
    3,
    7,
    4,
    2,
    1,
    2,
    5,
    4,
    3,
    2,
    4,
    0,
    4,
    6,
    6,
    2,
    0,
    1,
    4,
    3,
    2,
    5,
    4,
    3,
    2,
    2,
    2,
    4,
    4,
    4,
    3,
    6,
    1,
    5,
    3,
    2,
    2,
    2,
    1,
    2,
    4,
    4,
    5,
    5,
    2,
    3,
    2,
    3,
    4,
    3,
    10,
    1,
    1,
    2,
    1,
    3,
    3,
    6,
    6,
    3,
    1,
    3,
    2,
    7,
    3,
    4,
    3,
    2,
    2,
    1,
    1,
    2,
    2,
    2,
    1,
    3,
    4,
    3,
    4,
    3,
    5,
    4,
    3,
    3,
    2,
    1,
    4,
    0,
    2,
    2,
    4,
    5,
    1,
    8,
    3,
    2,
    7,
    3,
    2,
    1,
    2,
    5,
    4,
    1,
    1,
    3,
    2,
    3,
    1,
    2,
    2,
    2,
    1,
    4,
    1,
    3,
    2,
    4,
    1,
    2,
    1,
    5,
    3,
    3,
    2,
    4,
    3,
    0,
    3,
    3,
    2,
    0,
    2,
    0,
    0,
    1,
    0,
    0,
    6,
    3,
    0,
    5,
    1,
    1,
    6,
    2,
    2,
    0,
    7,
    2,
    3,
    2,
    3,
    4,
    2,
    0,
    3,
    2,
    2,
    4,
    0,
    2,
    2,
    4,
    1,
    3,
    0,
    2,
    2,
    2,
]

# p-values of Benjamini & Hochberg (1995), section 3.2 (the paper rejects the first 4 at 5 %); q-values by p.adjust of
# base R 4.2.2.
FDR_P = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
]  # fmt: skip
FDR_Q = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571429, 0.0638571428571429, 0.0645, 0.0765, 0.486,
    0.581181818181818, 0.714875, 0.753230769230769, 0.813214285714286, 1,
]  # fmt: skip

# Randomization tests on hand-made data by the R package SCRT 1.3.1, pvalue.systematic(), statistic mean(A) - mean(B),
# large is better, without trend: design, arm (1 = B), counts, schedules, p.
RANDOMIZATION = [
    ("blocks", [0, 1, 1, 0, 0, 1, 0, 1], [4, 1, 2, 3, 5, 0, 3, 1], 34, 0.0294117647058824),
    ("pairs", [0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1], [4, 1, 2, 3, 5, 0, 3, 1, 2, 2, 4, 1], 64, 0.03125),
]
