"""Registration of the group 补贴政策 in the Wagtail admin."""

from wagtail import hooks

from subsidies.viewsets import SubsidyPolicyGroup


@hooks.register("register_admin_viewset")
def subsidy_policy_group() -> SubsidyPolicyGroup:
    return SubsidyPolicyGroup()
