"""What was published, uploaded or marked never changes: the database refuses it to everybody."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION content_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'retired' THEN
        RAISE EXCEPTION 'a published version of a course stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> 'retired' OR (to_jsonb(NEW) - 'state' - 'retired_at') <> (to_jsonb(OLD) - 'state' - 'retired_at') THEN
        RAISE EXCEPTION 'a published version of a course stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER content_version_stays BEFORE UPDATE OR DELETE ON content_courseversion
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION content_keep_version();
CREATE TRIGGER content_version_no_truncate BEFORE TRUNCATE ON content_courseversion
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();

CREATE FUNCTION content_keep_activity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.version_id]
        WHEN 'DELETE' THEN ARRAY[OLD.version_id]
        ELSE ARRAY[OLD.version_id, NEW.version_id] END;
BEGIN
    IF EXISTS (SELECT 1 FROM content_courseversion WHERE id = ANY(concerned) AND state <> 'draft') THEN
        RAISE EXCEPTION 'activities of a published version stay' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER content_activity_stays BEFORE INSERT OR UPDATE OR DELETE ON content_activity
    FOR EACH ROW EXECUTE FUNCTION content_keep_activity();
CREATE TRIGGER content_activity_no_truncate BEFORE TRUNCATE ON content_activity
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();

CREATE TRIGGER content_file_stays BEFORE UPDATE ON content_coursefile
    FOR EACH ROW WHEN (
        OLD.sha256 IS DISTINCT FROM NEW.sha256 OR OLD.name IS DISTINCT FROM NEW.name
        OR OLD.course_id IS DISTINCT FROM NEW.course_id
    ) EXECUTE FUNCTION kernel_refuse_change();

CREATE TRIGGER content_marked_submission_stays BEFORE UPDATE OR DELETE ON content_submission
    FOR EACH ROW WHEN (OLD.marked_at IS NOT NULL) EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER content_survey_answer_stays BEFORE UPDATE ON content_surveyanswer
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
"""
BACK = """
DROP TRIGGER content_survey_answer_stays ON content_surveyanswer;
DROP TRIGGER content_marked_submission_stays ON content_submission;
DROP TRIGGER content_file_stays ON content_coursefile;
DROP TRIGGER content_activity_no_truncate ON content_activity;
DROP TRIGGER content_activity_stays ON content_activity;
DROP FUNCTION content_keep_activity();
DROP TRIGGER content_version_no_truncate ON content_courseversion;
DROP TRIGGER content_version_stays ON content_courseversion;
DROP FUNCTION content_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial"), ("kernel", "0003_journal_stays")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
