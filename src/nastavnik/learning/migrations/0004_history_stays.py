"""Published versions with their stages and activities, events and sign-offs never change: the database refuses it."""

from django.db import migrations

STAY = """
CREATE FUNCTION learning_refuse_published_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    published timestamptz;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF TG_TABLE_NAME = 'learning_stage' THEN
        SELECT published_at INTO published FROM learning_programmeversion WHERE id = part.version_id;
    ELSE
        SELECT v.published_at INTO published FROM learning_programmeversion v
            JOIN learning_stage s ON s.version_id = v.id WHERE s.id = part.stage_id;
    END IF;
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'a published programme version does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN part;
END $$;
CREATE TRIGGER learning_published_version_stays BEFORE UPDATE OR DELETE ON learning_programmeversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER learning_published_stage_stays BEFORE INSERT OR UPDATE OR DELETE ON learning_stage
    FOR EACH ROW EXECUTE FUNCTION learning_refuse_published_part();
CREATE TRIGGER learning_published_activity_stays BEFORE INSERT OR UPDATE OR DELETE ON learning_stageactivity
    FOR EACH ROW EXECUTE FUNCTION learning_refuse_published_part();
CREATE TRIGGER learning_event_stays BEFORE UPDATE OR DELETE ON learning_enrolmentevent
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER learning_sign_off_stays BEFORE UPDATE OR DELETE ON learning_signoff
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER learning_mark_stays BEFORE UPDATE OR DELETE ON learning_panelmark
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER learning_frozen_stays BEFORE UPDATE OR DELETE ON learning_frozenitem
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER learning_event_no_truncate BEFORE TRUNCATE ON learning_enrolmentevent
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
"""
GO = """
DROP TRIGGER learning_event_no_truncate ON learning_enrolmentevent;
DROP TRIGGER learning_frozen_stays ON learning_frozenitem;
DROP TRIGGER learning_mark_stays ON learning_panelmark;
DROP TRIGGER learning_sign_off_stays ON learning_signoff;
DROP TRIGGER learning_event_stays ON learning_enrolmentevent;
DROP TRIGGER learning_published_activity_stays ON learning_stageactivity;
DROP TRIGGER learning_published_stage_stays ON learning_stage;
DROP TRIGGER learning_published_version_stays ON learning_programmeversion;
DROP FUNCTION learning_refuse_published_part();
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_programmes"), ("kernel", "0003_journal_stays")]

    operations = [migrations.RunSQL(STAY, GO)]
