"""Registration of the group 组织 in the Wagtail admin."""

from wagtail import hooks

from people.viewsets import OrganisationGroup


@hooks.register("register_admin_viewset")
def organisation_group() -> OrganisationGroup:
    return OrganisationGroup()
