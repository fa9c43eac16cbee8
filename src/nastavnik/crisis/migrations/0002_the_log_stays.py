"""The log of a case never changes: the database refuses it to everybody. Cases are numbered by a sequence."""

from django.db import migrations

STAYS = """
CREATE TRIGGER crisis_case_event_stays BEFORE UPDATE OR DELETE ON crisis_caseevent
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER crisis_case_event_no_truncate BEFORE TRUNCATE ON crisis_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
CREATE SEQUENCE crisis_case_number START 1001;
"""


class Migration(migrations.Migration):
    dependencies = [("crisis", "0001_initial"), ("kernel", "0003_journal_stays")]

    operations = [
        migrations.RunSQL(
            STAYS,
            "DROP SEQUENCE crisis_case_number;"
            "DROP TRIGGER crisis_case_event_no_truncate ON crisis_caseevent;"
            "DROP TRIGGER crisis_case_event_stays ON crisis_caseevent;",
        )
    ]
