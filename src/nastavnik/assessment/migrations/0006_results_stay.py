"""Marks, rescorings, calibrations and equatings are append-only; a decided appeal and a settled answer stay so."""

from django.db import migrations

APPEND_ONLY = ("mark", "rescoring", "calibrationrun", "equating")
STAY = """
CREATE TRIGGER assessment_decided_appeal_stays BEFORE UPDATE OR DELETE ON assessment_appeal
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER assessment_settled_answer_stays BEFORE UPDATE OR DELETE ON assessment_openanswer
    FOR EACH ROW WHEN (OLD.state = 'settled') EXECUTE FUNCTION kernel_refuse_change();
"""
UNSTAY = """
DROP TRIGGER assessment_settled_answer_stays ON assessment_openanswer;
DROP TRIGGER assessment_decided_appeal_stays ON assessment_appeal;
"""


def _append_only(table: str) -> str:
    return f"""
CREATE TRIGGER assessment_{table}_stays BEFORE UPDATE OR DELETE ON assessment_{table}
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER assessment_{table}_no_truncate BEFORE TRUNCATE ON assessment_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
"""


def _free(table: str) -> str:
    return f"""
DROP TRIGGER assessment_{table}_no_truncate ON assessment_{table};
DROP TRIGGER assessment_{table}_stays ON assessment_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_results"), ("kernel", "0003_journal_stays")]

    operations = [
        migrations.RunSQL(STAY, UNSTAY),
        *(migrations.RunSQL(_append_only(table), _free(table)) for table in APPEND_ONLY),
    ]
