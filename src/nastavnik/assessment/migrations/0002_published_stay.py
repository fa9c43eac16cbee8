"""Published versions of items never change: the database refuses it to everybody."""

from django.db import migrations

PUBLISHED_STAY = """
CREATE TRIGGER assessment_published_version_stays BEFORE UPDATE OR DELETE ON assessment_itemversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER assessment_version_no_truncate BEFORE TRUNCATE ON assessment_itemversion
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("kernel", "0003_journal_stays")]

    operations = [
        migrations.RunSQL(
            PUBLISHED_STAY,
            "DROP TRIGGER assessment_version_no_truncate ON assessment_itemversion;"
            "DROP TRIGGER assessment_published_version_stays ON assessment_itemversion;",
        )
    ]
