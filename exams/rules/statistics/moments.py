"""Means, spreads and correlations of exact fractions.

Sums are taken in whole numbers over one common denominator: "no spread" is then a fact and not
a question of rounding, and only the last root is a float. Standard deviations are of a sample
(n - 1), as in Moodle's quiz statistics and in R.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm, sqrt


def total(values: Sequence[Fraction | bool]) -> Fraction:
    """The sum; of yes and no, how many are yes."""
    numbers, common = _whole(values)
    return Fraction(sum(numbers), common)


def mean(values: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean. ZeroDivisionError of nothing: whoever calls has counted."""
    numbers, common = _whole(values)
    return Fraction(sum(numbers), common * len(numbers))


def variance(values: Sequence[Fraction]) -> Fraction:
    """The variance of a sample (n - 1), of two values or more."""
    numbers, common = _whole(values)
    count = len(numbers)
    return Fraction(_squares(numbers, numbers), count * (count - 1) * common**2)


def deviation(values: Sequence[Fraction]) -> float:
    """The standard deviation of a sample (n - 1), of two values or more."""
    return sqrt(variance(values))


def correlation(first: Sequence[Fraction], second: Sequence[Fraction]) -> float | None:
    """Pearson's r of two series of one length; None when either does not vary.

    Of a series of zeros and ones it is the point-biserial correlation.
    """
    left, right = _whole(first)[0], _whole(second)[0]
    spread = _squares(left, left) * _squares(right, right)
    if spread == 0:
        return None
    common = _squares(left, right)
    size = sqrt(Fraction(common**2, spread))
    return size if common >= 0 else -size


def quantile(values: Sequence[Fraction], at: Fraction) -> Fraction:
    """The value below which the share `at` (0-1) lies, interpolated between neighbours.

    Definition 7 of Hyndman & Fan, Sample Quantiles in Statistical Packages (1996): the default
    of NumPy, R and spreadsheets. IndexError of nothing.
    """
    ordered = sorted(values)
    place = at * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _whole(values: Sequence[Fraction | bool]) -> tuple[list[int], int]:
    """The values as whole numbers of one common part, and how many parts are one."""
    common = lcm(*{value.denominator for value in values})
    return [value.numerator * (common // value.denominator) for value in values], common


def _squares(first: list[int], second: list[int]) -> int:
    """n Σxy - Σx Σy, the sum of products about the means times n."""
    products = sum(x * y for x, y in zip(first, second, strict=True))
    return len(first) * products - sum(first) * sum(second)
