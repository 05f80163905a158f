"""Receivable, waiver and payment: 应收 − 减免 = 实收 (R072)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sum:
    """Lines in fen and their total; a total is always the sum of its lines."""

    lines: tuple[int, ...]

    @property
    def total_fen(self) -> int:
        return sum(self.lines)


def total_of(lines: Iterable[int]) -> Sum:
    return Sum(tuple(lines))


def due_fen(list_price_fen: int, waiver_fen: int) -> int:
    """What is to be paid after the waiver; a waiver never exceeds the price."""
    if not 0 <= waiver_fen <= list_price_fen:
        raise ValueError(f"waiver {waiver_fen} outside 0…{list_price_fen}")
    return list_price_fen - waiver_fen


def may_pay(*, due: int, paid: int, amount: int) -> bool:
    """Whether a payment of `amount` fen fits what is still open."""
    return 0 < amount <= due - paid
