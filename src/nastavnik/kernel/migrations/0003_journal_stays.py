"""The journal refuses TRUNCATE too; a long task keeps the parameters of its error, to be said in any language.

Emptying a database of tests or of the demo is the one exception: the session says so by `nastavnik.may_truncate`.
"""

from django.db import migrations, models

NO_TRUNCATE = """
CREATE FUNCTION kernel_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('nastavnik.may_truncate', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER kernel_journal_no_truncate BEFORE TRUNCATE ON kernel_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only_and_cache")]

    operations = [
        migrations.RunSQL(
            NO_TRUNCATE,
            "DROP TRIGGER kernel_journal_no_truncate ON kernel_journalentry; DROP FUNCTION kernel_refuse_truncate();",
        ),
        migrations.AddField(
            model_name="longtask",
            name="error_params",
            field=models.JSONField(default=dict),
        ),
    ]
