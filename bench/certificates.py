"""Certificates a second per worker, against bare WeasyPrint on the same template.

Ours is the whole task: read the row, ask the faces, render, store, make valid, record, tell.
"""

import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

COUNT = 40


def _snapshot(number: int) -> dict[str, Any]:
    return {
        "schema": 1, "number": f"DEMO-2026-YY-{number:06d}7", "version": 1, "language": "zh-hans",
        "programme": "电商运营岗位能力提升培训（2026年第二季度）", "name": "陈晓岚",
        "issuer_name": "赣鄱云商职业培训学校（示例）", "issuer_uscc": "", "id_type": "resident",
        "signatories": ["培训负责人（签字）", "考核负责人（签字）"], "class": "2026Q2-YY-01",
        "id_masked": "369***********001X", "starts_on": "2026-06-09", "ends_on": "2026-06-13",
        "hours_classroom": "40.0", "hours_online": "20.0", "hours_total": "60.0",
        "theory": "86.00", "practical": "78.00", "process": "90.00", "total": "83.60",
        "issued_on": "2026-06-20", "issued_at": "2026-06-20T10:00:00+08:00",
        "expires_on": "2029-06-19", "site": "train.example.cn/verify", "assessment": "",
        "verify_url": f"https://train.example.cn/verify/{number:026d}/", "demo": True,
    }  # fmt: skip


def _timed(work: Any, count: int) -> list[float]:
    taken = []
    for number in range(count):
        start = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - start)
    return taken


def bare_weasyprint(count: int) -> list[float]:
    """Seconds of each render of the same HTML with WeasyPrint alone, its engine kept warm."""
    from django.template.loader import render_to_string
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from certificates.rules.paper import paper_context
    from certificates.services.rendering import TEMPLATE
    from kit.pdf import PAPER_DIR
    from kit.qr import qr_svg

    fonts = FontConfiguration()

    def render(number: int) -> None:
        snapshot = _snapshot(number)
        html = render_to_string(
            TEMPLATE, paper_context(snapshot, qr=qr_svg(snapshot["verify_url"]))
        )
        HTML(string=html, base_url=f"{Path(PAPER_DIR)}/").write_pdf(font_config=fonts)

    render(0)
    return _timed(render, count)


def whole_tasks(count: int) -> list[float]:
    """Seconds of each `certificates.render_certificate`, rows and files included."""
    from certificates.models import Certificate
    from certificates.tasks import render_certificate
    from tests.factories.certificates import make_certificate

    pending = [make_certificate(rendered=False).pk for _unused in range(count + 1)]
    render_certificate.run(certificate_id=pending[0])
    taken = _timed(lambda n: render_certificate.run(certificate_id=pending[n + 1]), count)
    made = Certificate.objects.filter(pk__in=pending, state="valid").count()
    if made != count + 1:
        raise RuntimeError(f"only {made} of {count + 1} papers were made")
    return taken


def run(count: int = COUNT) -> dict[str, float]:
    """Print and return certificates a second of both, and their ratio."""
    bare, ours = bare_weasyprint(count), whole_tasks(count)
    figures = {
        "bare_per_second": len(bare) / sum(bare),
        "ours_per_second": len(ours) / sum(ours),
        "bare_median_ms": median(bare) * 1000,
        "ours_median_ms": median(ours) * 1000,
    }
    figures["share_of_bare"] = figures["ours_per_second"] / figures["bare_per_second"]
    sys.stdout.write(
        "certificates/s per worker: {ours_per_second:.2f} (median {ours_median_ms:.0f} ms); "
        "bare WeasyPrint, same template: {bare_per_second:.2f} (median {bare_median_ms:.0f} ms); "
        "share {share_of_bare:.0%}\n".format(**figures)
    )
    return figures
