"""The words on the certificate, from the frozen snapshot alone. The paper speaks the scheme's
language, whatever the reader's; so its wording lies here and not among the translations."""

from datetime import date
from typing import Any

from certificates.rules.wording import name_size, programme_size

LABELS = {
    "zh-hans": {
        "lang": "zh-CN", "code": "zh", "lead": "兹证明", "title": "培训合格证书",
        "subtitle": "CERTIFICATE OF TRAINING COMPLETION", "programme_open": "培训项目：",
        "colon": "：", "theory": "理论考试", "practical": "实操考核", "process": "过程考核",
        "total": "总评成绩", "hours": "学时", "number": "证书编号", "scan": "扫码核验证书状态",
        "sign_training": "培训负责人（签字）", "sign_exam": "考核负责人（签字）", "seal": "盖章处",
    },
    "en": {
        "lang": "en", "code": "en", "lead": "This is to certify that",
        "title": "Certificate of Training Completion", "subtitle": "培训合格证书",
        "programme_open": "Training programme: ", "colon": ": ", "theory": "Theory",
        "practical": "Practical", "process": "Process", "total": "Overall",
        "hours": "Class hours", "number": "Certificate No.", "scan": "Scan to verify status",
        "sign_training": "Head of Training", "sign_exam": "Head of Assessment",
        "seal": "PLACE SEAL HERE",
    },
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
ID_TYPES = {
    "resident": ("居民身份证", "Resident identity card"),
    "hk_macau_permit": ("港澳居民来往内地通行证", "Mainland travel permit (Hong Kong and Macau)"),
    "taiwan_permit": ("台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)"),
    "residence_permit": ("港澳台居民居住证", "Residence permit (Hong Kong, Macau and Taiwan)"),
    "passport": ("护照", "Passport"),
}


def printed_day(iso: str, language: str) -> str:
    """2025年6月9日, or 9 June 2025."""
    day = date.fromisoformat(iso)
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def printed_hours(text: str) -> str:
    """ "40.0" prints as 40; 12.5 stays."""
    return text.removesuffix(".0")


def body_text(snapshot: dict[str, Any]) -> str:
    """The sentence that certifies."""
    language = snapshot["language"]
    start, end = (printed_day(snapshot[key], language) for key in ("starts_on", "ends_on"))
    classroom, online = (printed_hours(snapshot[k]) for k in ("hours_classroom", "hours_online"))
    if language == "en":
        return (
            f"has attended the above programme held by this institution from {start} to {end}, "
            f"completed {classroom} class hours of classroom training and {online} class hours of "
            "online study, and passed the theory examination, the practical assessment and the "
            "process assessment."
        )
    return (
        f"于{start}至{end}参加本机构举办的上述培训，完成集中培训{classroom}学时、"
        f"线上学习{online}学时，学完全部规定课程，经理论考试、实操考核和过程考核，"
        "成绩合格，特发此证。"
    )


def footnote(snapshot: dict[str, Any]) -> str:
    """How long it is valid, who issued it, and which state counts."""
    until = snapshot["expires_on"]
    if snapshot["language"] == "en":
        head = f"Valid until {printed_day(until, 'en')}. " if until else ""
        return head + (
            "Issued by the training institution named above; it states no occupational grade. "
            "The online status prevails."
        )
    head = f"有效期至{printed_day(until, 'zh-hans')}。" if until else ""
    return head + "本证书由培训机构颁发，不表示职业等级，状态以在线核验结果为准。"


def id_type_text(id_type: str, language: str) -> str:
    """The kind of identity document in the paper's language."""
    return ID_TYPES[id_type][language == "en"]


def paper_context(snapshot: dict[str, Any], *, qr: str) -> dict[str, Any]:
    """Everything `paper/certificate.html` prints. The same snapshot gives the same context."""
    language = snapshot["language"]
    return {
        "t": LABELS[language],
        "qr": qr,
        "c": {
            **snapshot,
            "name_class": name_size(snapshot["name"]),
            "programme_class": programme_size(snapshot["programme"]),
            "id_type": id_type_text(snapshot["id_type"], language),
            "body": body_text(snapshot),
            "hours": printed_hours(snapshot["hours_total"]),
            "issued": printed_day(snapshot["issued_on"], language),
            "footnote": footnote(snapshot),
        },
    }


def printed_text(snapshot: dict[str, Any]) -> str:
    """Every character the paper prints from data, to ask the faces about before rendering."""
    context = paper_context(snapshot, qr="")
    return "".join(str(value) for value in context["c"].values())
