"""Who may do what: four roles, each a group of permissions.

They are written into the database after every migration, so that this file is the truth.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission, User

from bot.desk.codes import Role

_READS = {"read_cases"}
_EDITS = {"propose_changes", "edit_knowledge"}
PERMISSIONS: dict[Role, set[str]] = {
    Role.STAFF: _READS | {"answer_cases", "see_personal", "propose_changes"},
    Role.EDITOR: _READS | _EDITS,
    Role.LEAD: _READS
    | _EDITS
    | {"see_reports", "manage_users", "change_settings", "handle_privacy", "read_log"},
    Role.OBSERVER: _READS | {"see_reports"},
}
DUTIES = {
    Role.STAFF: "Soruları yanıtlar, konuşmaları devralır, öğretilecekleri önerir.",
    Role.EDITOR: "Hazır yanıtları ve bilgi bankasını düzenler, asistana öğretir.",
    Role.LEAD: "Editörün yaptıklarını yapar; kullanıcıları, ayarları, raporları ve kişisel "
    "veri isteklerini yönetir.",
    Role.OBSERVER: "Her şeyi görür, hiçbir şeyi değiştirmez.",
}


def write_groups(sender: Any, **_: Any) -> None:
    """Make the groups and give each exactly its permissions."""
    for role, names in PERMISSIONS.items():
        group, _made = Group.objects.get_or_create(name=role.value)
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="desk", codename__in=names)
        )


def roles_of(user: User) -> list[Role]:
    """Return somebody's roles, in the order above."""
    names = set(user.groups.values_list("name", flat=True))
    return [role for role in Role if role.value in names]


def give_roles(user: User, roles: list[Role]) -> None:
    """Make these somebody's roles, and no others."""
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))


def who_may(permission: str) -> list[User]:
    """Return the active users with a permission, by name."""
    names = [role.value for role, held in PERMISSIONS.items() if permission in held]
    found = User.objects.filter(is_active=True, groups__name__in=names).distinct()
    return sorted(found, key=display_name)


def display_name(user: User) -> str:
    """Return the name people know somebody by."""
    return user.get_full_name() or user.get_username()
