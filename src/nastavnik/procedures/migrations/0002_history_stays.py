"""What was in force never changes: published lexicons, versions of guides, parameters of policies."""

from django.db import migrations

HISTORY_STAYS = """
CREATE FUNCTION procedures_refuse_change_of_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'active_to' IS DISTINCT FROM to_jsonb(OLD) - 'active_to' THEN
        RAISE EXCEPTION 'a refusal policy does not change, a new version follows it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_policy_stays BEFORE UPDATE ON procedures_refusalpolicy
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change_of_policy();

CREATE TRIGGER procedures_published_lexicon_stays BEFORE UPDATE OR DELETE ON procedures_lexiconversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION kernel_refuse_change();

CREATE FUNCTION procedures_refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    versions bigint[];
BEGIN
    IF TG_TABLE_NAME = 'procedures_lexiconrule' THEN
        versions := CASE TG_OP
            WHEN 'INSERT' THEN ARRAY[NEW.version_id]
            WHEN 'DELETE' THEN ARRAY[OLD.version_id]
            ELSE ARRAY[NEW.version_id, OLD.version_id]
        END;
    ELSE
        SELECT array_agg(version_id) INTO versions FROM procedures_lexiconrule
            WHERE id = ANY (CASE TG_OP
                WHEN 'INSERT' THEN ARRAY[NEW.rule_id]
                WHEN 'DELETE' THEN ARRAY[OLD.rule_id]
                ELSE ARRAY[NEW.rule_id, OLD.rule_id]
            END);
    END IF;
    PERFORM 1 FROM procedures_lexiconversion
        WHERE id = ANY (versions) AND published_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'a published lexicon does not change, a new version follows it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER procedures_rules_stay BEFORE INSERT OR UPDATE OR DELETE ON procedures_lexiconrule
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change_of_published();
CREATE TRIGGER procedures_examples_stay BEFORE INSERT OR UPDATE OR DELETE ON procedures_lexiconexample
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change_of_published();

CREATE TRIGGER procedures_guide_version_stays BEFORE UPDATE OR DELETE ON procedures_guideversion
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER procedures_guide_check_stays BEFORE UPDATE OR DELETE ON procedures_guidecheck
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
"""
TABLES = ("refusalpolicy", "lexiconversion", "lexiconrule", "lexiconexample", "guideversion", "guidecheck")
NO_TRUNCATE = "".join(
    f"CREATE TRIGGER procedures_{name}_no_truncate BEFORE TRUNCATE ON procedures_{name} "
    "FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();\n"
    for name in TABLES
)
UNDO = """
DROP TRIGGER procedures_policy_stays ON procedures_refusalpolicy;
DROP TRIGGER procedures_published_lexicon_stays ON procedures_lexiconversion;
DROP TRIGGER procedures_rules_stay ON procedures_lexiconrule;
DROP TRIGGER procedures_examples_stay ON procedures_lexiconexample;
DROP TRIGGER procedures_guide_version_stays ON procedures_guideversion;
DROP TRIGGER procedures_guide_check_stays ON procedures_guidecheck;
DROP FUNCTION procedures_refuse_change_of_policy();
DROP FUNCTION procedures_refuse_change_of_published();
""" + "".join(f"DROP TRIGGER procedures_{name}_no_truncate ON procedures_{name};\n" for name in TABLES)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("kernel", "0003_journal_stays")]

    operations = [migrations.RunSQL(HISTORY_STAYS + NO_TRUNCATE, UNDO)]
