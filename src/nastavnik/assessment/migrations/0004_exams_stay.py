"""Answers, results and items of forms are append-only; an attempt that ended and a published form stay as they are."""

from django.db import migrations

APPEND_ONLY = ("answer", "result", "itemresult", "formitem")

STAY = """
CREATE TRIGGER assessment_ended_attempt_stays BEFORE UPDATE ON assessment_attempt
    FOR EACH ROW WHEN (OLD.state IN ('closed', 'missed', 'void') AND NOT (OLD.state <> 'void' AND NEW.state = 'void'))
    EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER assessment_begun_attempt_stays BEFORE DELETE ON assessment_attempt
    FOR EACH ROW WHEN (OLD.state <> 'prepared') EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER assessment_published_form_stays BEFORE UPDATE ON assessment_form
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL AND (
        OLD.frozen IS DISTINCT FROM NEW.frozen OR OLD.blueprint IS DISTINCT FROM NEW.blueprint
        OR OLD.max_points <> NEW.max_points OR OLD.seed <> NEW.seed OR OLD.item_count <> NEW.item_count
        OR NEW.published_at IS NULL))
    EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER assessment_form_is_kept BEFORE DELETE ON assessment_form
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION kernel_refuse_change();
"""
UNSTAY = """
DROP TRIGGER assessment_form_is_kept ON assessment_form;
DROP TRIGGER assessment_published_form_stays ON assessment_form;
DROP TRIGGER assessment_begun_attempt_stays ON assessment_attempt;
DROP TRIGGER assessment_ended_attempt_stays ON assessment_attempt;
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
    dependencies = [("assessment", "0003_exams"), ("kernel", "0003_journal_stays")]

    operations = [
        migrations.RunSQL(STAY, UNSTAY),
        *(migrations.RunSQL(_append_only(table), _free(table)) for table in APPEND_ONLY),
    ]
