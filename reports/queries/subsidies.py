"""The subsidy report: one row a claim."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from kit.tables import Column
from reports.queries.scope import Scope, in_unit
from subsidies.models import Claim

FIELDS = {
    "class_code": "enrolment__training_class__code",
    "class_name": "enrolment__training_class__name",
    "applicant": "person__name",
    "person_number": "person__number",
    "id_number": "person__profile__id_number_masked",
    "unit": "person__profile__unit__name",
    "policy": "policy_version__policy__title",
    "policy_code": "policy_version__policy__code",
    "policy_number": "policy_version__number",
    "certificate_number": "certificate__number",
    "batch_number": "batch__number",
    "maker": "made_by__name",
    "checker": "checked_by__name",
    "approver": "approved_by__name",
    "payer": "paid_by__name",
}
PLAIN = (
    "number", "fee_fen", "amount_fen", "payee", "state", "submitted_at", "approved_at", "paid_at",
    "payment_reference", "reason",
)  # fmt: skip


def columns() -> list[Column]:
    """The columns of the report, in order. ID numbers are masked, money in yuan."""
    return [
        Column("number", "申领编号", width=26),
        Column("person_number", "工号"),
        Column("applicant", "姓名"),
        Column("id_number", "证件号码（打码）", width=22),
        Column("unit", "单位部门", width=20),
        Column("class_code", "班次"),
        Column("class_name", "培训班", width=24),
        Column("policy_code", "政策代码", width=16),
        Column("policy", "政策", width=26),
        Column("policy_number", "政策版本", "int"),
        Column("certificate_number", "证书编号", width=26),
        Column("fee_fen", "培训费（元）", "money"),
        Column("amount_fen", "申领金额（元）", "money"),
        Column("payee", "收款方"),
        Column("state", "状态"),
        Column("batch_number", "申报批次", width=24),
        Column("submitted_at", "提交时间", "datetime"),
        Column("approved_at", "审批时间", "datetime"),
        Column("paid_at", "拨付时间", "datetime"),
        Column("payment_reference", "拨付凭证"),
        Column("maker", "经办"),
        Column("checker", "复核"),
        Column("approver", "审批"),
        Column("payer", "拨付"),
        Column("reason", "退回或不予理由", width=24),
    ]


def subsidy_rows(scope: Scope, labels: dict[str, dict[str, str]], using: str) -> Iterator[Any]:
    """Rows for `columns()` in one streamed query."""
    claims = (
        Claim.objects.using(using)
        .filter(in_unit("person__", scope.unit_id), year=scope.year)
        .order_by("pk")
        .values(*PLAIN, **{alias: F(path) for alias, path in FIELDS.items()})
    )
    for claim in claims.iterator(chunk_size=1000):
        yield {
            **claim,
            "state": labels["claim"].get(claim["state"], claim["state"]),
            "payee": labels["payee"].get(claim["payee"], claim["payee"]),
        }
