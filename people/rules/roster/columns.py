"""Which column of a roster is which: our titles first, then what others call the same thing.

The titles are the format of the file, so they are Chinese whatever language the screen speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kit.numbers import fold

NAMES: dict[str, tuple[str, ...]] = {
    "number": ("工号", "学号", "编号", "人员编号", "Number", "Employee number"),
    "name": ("姓名", "学员姓名", "Name"),
    "sex": ("性别", "Sex", "Gender"),
    "id_type": ("证件类型", "ID type"),
    "id_number": ("证件号码", "身份证号", "身份证号码", "证件号", "ID number"),
    "mobile": ("手机号", "手机", "手机号码", "联系电话", "Mobile"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "Email", "E-mail"),
    "unit": ("单位", "单位名称", "公司", "企业名称", "Unit", "Company"),
    "uscc": ("统一社会信用代码", "信用代码", "USCC"),
    "department": ("部门", "Department"),
    "post": ("岗位", "职位", "Post"),
    "family": ("岗位类别", "Post family"),
    "category": ("人员类别", "Category"),
    "hired_on": ("入职日期", "入职时间", "Hired on"),
    "education": ("学历", "文化程度", "Education"),
    "household": ("户籍所在地", "户籍", "Household"),
    "permit": ("就业创业证号", "就业失业登记证号", "Employment permit"),
    "bank_name": ("开户行", "开户银行", "Bank"),
    "bank_account": ("银行账号", "账号", "银行卡号", "Bank account"),
    "supervisor": ("直属上级工号", "上级工号", "Supervisor"),
}
TITLES = {key: names[0] for key, names in NAMES.items()}
EXPECTED = tuple(TITLES.values())
REQUIRED = ("name", "id_number")
_KEYS = {fold(name).casefold(): key for key, names in NAMES.items() for name in names}


@dataclass(frozen=True)
class MatchedColumns:
    """The file's own title for each of our columns, what it lacks, repeats or has besides."""

    titles: dict[str, str]
    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def title(self, key: str) -> str:
        """What the file calls a column; our own word where it has none."""
        return self.titles.get(key, TITLES[key])


def match_columns(found: Sequence[str]) -> MatchedColumns:
    """Match the titles of a file; what we do not know (a role, for one) is ignored, and said so."""
    titles: dict[str, str] = {}
    twice, ignored = [], []
    for title in found:
        key = _KEYS.get(fold(title).casefold())
        if key is None:
            ignored.append(title)
        elif key in titles:
            twice.append(title)
        else:
            titles[key] = title
    missing = [TITLES[key] for key in REQUIRED if key not in titles]
    return MatchedColumns(titles, missing, twice, ignored)
