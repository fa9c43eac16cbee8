"""The journal refuses changes; the cache has its table (rate limits are shared by all web processes)."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kernel_journal_append_only BEFORE UPDATE OR DELETE ON kernel_journalentry
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
"""
CACHE = """
CREATE TABLE kernel_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL
);
CREATE INDEX kernel_cache_expires ON kernel_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER kernel_journal_append_only ON kernel_journalentry; DROP FUNCTION kernel_refuse_change();",
        ),
        migrations.RunSQL(CACHE, "DROP TABLE kernel_cache;"),
    ]
