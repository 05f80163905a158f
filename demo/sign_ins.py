"""The demo's one password and the roles in the order they are shown."""

from django.conf import settings

PASSWORD = settings.DEMO_PASSWORD

ROLE_NAMES = {
    "trainee": "学员",
    "trainer": "培训师",
    "grader": "考评员",
    "hr": "人事",
    "finance": "财务",
    "author": "命题",
    "officer": "考务",
    "approver": "审批",
    "editor": "内容编辑",
    "reviewer": "内容审核",
    "auditor": "审计",
    "administrator": "系统管理员",
}
