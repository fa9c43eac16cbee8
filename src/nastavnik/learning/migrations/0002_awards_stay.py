"""Certificates may be revoked once and permits withdrawn once; nothing else of them ever changes, and none is deleted."""

from django.db import migrations

AWARDS_STAY = """
CREATE FUNCTION learning_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The arguments name the columns that say when, by whom and why it ended; the first is the moment.
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> TG_ARGV[0] IS NULL AND to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER learning_certificate_stays BEFORE UPDATE OR DELETE ON learning_certificate
    FOR EACH ROW EXECUTE FUNCTION learning_ends_once('revoked_at', 'revoked_by_id', 'revocation_reason');
CREATE TRIGGER learning_certificate_no_truncate BEFORE TRUNCATE ON learning_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
CREATE TRIGGER learning_permit_stays BEFORE UPDATE OR DELETE ON learning_permit
    FOR EACH ROW EXECUTE FUNCTION learning_ends_once('withdrawn_at', 'withdrawn_by_id', 'withdrawal_reason');
CREATE TRIGGER learning_permit_no_truncate BEFORE TRUNCATE ON learning_permit
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
"""

UNDONE = """
DROP TRIGGER learning_permit_no_truncate ON learning_permit;
DROP TRIGGER learning_permit_stays ON learning_permit;
DROP TRIGGER learning_certificate_no_truncate ON learning_certificate;
DROP TRIGGER learning_certificate_stays ON learning_certificate;
DROP FUNCTION learning_ends_once();
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_certificates_and_permits"), ("kernel", "0003_journal_stays")]

    operations = [migrations.RunSQL(AWARDS_STAY, UNDONE)]
