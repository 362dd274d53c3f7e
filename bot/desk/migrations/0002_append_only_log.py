"""The database itself refuses to change or delete a line of the audit log."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    f"""CREATE TRIGGER desk_log_no_{event} BEFORE {event} ON desk_logentry
        BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"""
    for event in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION desk_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$""",
    """CREATE TRIGGER desk_log_no_change BEFORE UPDATE OR DELETE ON desk_logentry
       FOR EACH ROW EXECUTE FUNCTION desk_log_only_grows()""",
    """CREATE TRIGGER desk_log_no_truncate BEFORE TRUNCATE ON desk_logentry
       FOR EACH STATEMENT EXECUTE FUNCTION desk_log_only_grows()""",
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def guard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers; there is no way back on purpose."""
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """After the table."""

    dependencies = (("desk", "0001_cases"),)
    operations = (migrations.RunPython(guard),)
