-- Made from the migrations by scripts/render_schema.py; do not edit. See kernel/schema.py.
-- digest: ba88f113be5d64501d6771077208e7146a796bf0535e27e8d345e079e04a1f27
-- migration: people.0001_initial
-- migration: account.0001_initial
-- migration: account.0002_email_max_length
-- migration: account.0003_alter_emailaddress_create_unique_verified_email
-- migration: account.0004_alter_emailaddress_drop_unique_email
-- migration: account.0005_emailaddress_idx_upper_email
-- migration: account.0006_emailaddress_lower
-- migration: account.0007_emailaddress_idx_email
-- migration: account.0008_emailaddress_unique_primary_email_fixup
-- migration: account.0009_emailaddress_unique_primary_email
-- migration: kernel.0001_initial
-- migration: kernel.0002_append_only_and_cache
-- migration: kernel.0003_journal_stays
-- migration: assessment.0001_initial
-- migration: assessment.0002_published_stay
-- migration: assessment.0003_exams
-- migration: assessment.0004_exams_stay
-- migration: assessment.0005_results
-- migration: assessment.0006_results_stay
-- migration: assessment.0007_open_answer_name
-- migration: contenttypes.0001_initial
-- migration: contenttypes.0002_remove_content_type_name
-- migration: auth.0001_initial
-- migration: auth.0002_alter_permission_name_max_length
-- migration: auth.0003_alter_user_email_max_length
-- migration: auth.0004_alter_user_username_opts
-- migration: auth.0005_alter_user_last_login_null
-- migration: auth.0006_require_contenttypes_0002
-- migration: auth.0007_alter_validators_add_error_messages
-- migration: auth.0008_alter_user_username_max_length
-- migration: auth.0009_alter_user_last_name_max_length
-- migration: auth.0010_alter_group_name_max_length
-- migration: auth.0011_update_proxy_permissions
-- migration: auth.0012_alter_user_first_name_max_length
-- migration: content.0001_initial
-- migration: content.0002_published_stay
-- migration: people.0002_grades_in_english_and_imports
-- migration: people.0003_progress_of_imports
-- migration: procedures.0001_initial
-- migration: procedures.0002_history_stays
-- migration: crisis.0001_initial
-- migration: crisis.0002_the_log_stays
-- migration: crisis.0003_money
-- migration: crisis.0004_money_rules
-- migration: crisis.0005_calendar_revision
-- migration: crisis.0006_compliance
-- migration: crisis.0007_refund_terms_and_findings
-- migration: learning.0001_certificates_and_permits
-- migration: learning.0002_awards_stay
-- migration: learning.0003_programmes
-- migration: learning.0004_history_stays
-- migration: learning.0005_remedies
-- migration: learning.0006_sessions_and_notices
-- migration: learning.0007_seats_are_counted
-- migration: learning.0008_seats_on_approval
-- migration: metrics.0001_initial
-- migration: metrics.0002_cells_of_units
-- migration: metrics.0003_edition_of_cells
-- migration: mfa.0001_initial
-- migration: mfa.0002_authenticator_timestamps
-- migration: mfa.0003_authenticator_type_uniq
-- migration: procrastinate.0001_initial
-- migration: procrastinate.0002_drop_started_at_column
-- migration: procrastinate.0003_drop_started_at_column
-- migration: procrastinate.0004_drop_procrastinate_version_table
-- migration: procrastinate.0005_fix_procrastinate_fetch_job
-- migration: procrastinate.0006_fix_trigger_status_events_insert
-- migration: procrastinate.0007_add_queueing_lock_column
-- migration: procrastinate.0008_close_fetch_job_race_condition
-- migration: procrastinate.0009_add_defer_job_function
-- migration: procrastinate.0010_add_procrastinate_periodic_defers
-- migration: procrastinate.0011_add_foreign_key_index
-- migration: procrastinate.0012_add_locks_to_periodic_defer
-- migration: procrastinate.0013_fix_procrastinate_defer_periodic_job
-- migration: procrastinate.0014_add_finish_job_and_retry_job_functions
-- migration: procrastinate.0015_add_trigger_on_job_deletion
-- migration: procrastinate.0016_delete_finished_jobs
-- migration: procrastinate.0017_add_checks_to_finish_job
-- migration: procrastinate.0018_add_checks_to_retry_job
-- migration: procrastinate.0019_fix_finish_job_compat_issue
-- migration: procrastinate.0020_add_index_on_procrastinate_jobs
-- migration: procrastinate.0021_add_kwargs_to_defer_periodic_job
-- migration: procrastinate.0022_null_locks_excluded
-- migration: procrastinate.0023_remove_old_finish_job_function
-- migration: procrastinate.0024_job_id_bigint
-- migration: procrastinate.0025_add_models
-- migration: procrastinate.0026_add_job_priority
-- migration: procrastinate.0027_add_periodic_job_priority
-- migration: procrastinate.0028_add_cancel_states
-- migration: procrastinate.0029_add_additional_params_to_retry_job
-- migration: procrastinate.0030_alter_procrastinateevent_options
-- migration: procrastinate.0031_add_indexes_for_fetch_job
-- migration: procrastinate.0032_pre_cancel_notification
-- migration: procrastinate.0033_post_cancel_notification
-- migration: procrastinate.0034_pre_add_heartbeat
-- migration: procrastinate.0035_post_add_heartbeat
-- migration: procrastinate.0036_add_worker_model
-- migration: procrastinate.0037_pre_batch_defer_jobs
-- migration: procrastinate.0038_post_batch_defer_jobs
-- migration: procrastinate.0039_pre_priority_lock_fetch_job
-- migration: procrastinate.0040_pre_retry_failed_job
-- migration: procrastinate.0041_post_retry_failed_job
-- migration: sessions.0001_initial
-- migration: socialaccount.0001_initial
-- migration: socialaccount.0002_token_max_lengths
-- migration: socialaccount.0003_extra_data_default_dict
-- migration: socialaccount.0004_app_provider_id_settings
-- migration: socialaccount.0005_socialtoken_nullable_app
-- migration: socialaccount.0006_alter_socialaccount_extra_data
SET LOCAL check_function_bodies = false;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.content_keep_activity() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.content_keep_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'retired' THEN
        RAISE EXCEPTION 'a published version of a course stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> 'retired' OR (to_jsonb(NEW) - 'state' - 'retired_at') <> (to_jsonb(OLD) - 'state' - 'retired_at') THEN
        RAISE EXCEPTION 'a published version of a course stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.crisis_ledger_account() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance <> 0 THEN
            RAISE EXCEPTION 'an account begins empty' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.balance <> OLD.balance AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance changes by postings only' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF (NEW.kind, NEW.customer_id, NEW.currency) IS DISTINCT FROM (OLD.kind, OLD.customer_id, OLD.currency) THEN
        RAISE EXCEPTION 'an account stays what it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.crisis_ledger_balances() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    found integer;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO found, total FROM crisis_ledgerposting WHERE entry_id = NEW.id;
    IF found <> NEW.legs OR found < 2 THEN
        RAISE EXCEPTION 'ledger entry % has % legs instead of %', NEW.id, found, NEW.legs
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF total <> 0 THEN
        RAISE EXCEPTION 'ledger entry % leaves %', NEW.id, total USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        IF EXISTS (SELECT 1 FROM crisis_ledgerentry WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL) THEN
            RAISE EXCEPTION 'a reversal is not reversed; post a new entry'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM crisis_ledgerposting WHERE entry_id IN (NEW.id, NEW.reverses_id)
            GROUP BY account_id HAVING sum(amount) <> 0
        ) OR found <> (SELECT count(*) FROM crisis_ledgerposting WHERE entry_id = NEW.reverses_id) THEN
            RAISE EXCEPTION 'ledger entry % does not mirror %', NEW.id, NEW.reverses_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.crisis_ledger_leg() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    entry crisis_ledgerentry%ROWTYPE;
    account crisis_ledgeraccount%ROWTYPE;
BEGIN
    SELECT * INTO entry FROM crisis_ledgerentry WHERE id = NEW.entry_id;
    SELECT * INTO account FROM crisis_ledgeraccount WHERE id = NEW.account_id;
    IF NEW.n > entry.legs THEN
        RAISE EXCEPTION 'ledger entry % has % legs, there is no leg %', NEW.entry_id, entry.legs, NEW.n
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF account.currency <> entry.currency THEN
        RAISE EXCEPTION 'ledger entry % is in %, account % in %', NEW.entry_id, entry.currency, account.id,
            account.currency USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF account.kind IN ('wallet', 'suspense') THEN
        UPDATE crisis_ledgeraccount SET balance = balance + NEW.amount WHERE id = NEW.account_id;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.crisis_paid_covers_refunds() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.paid < (
        SELECT coalesce(sum(amount), 0) FROM crisis_refund WHERE contract_id = NEW.id AND status <> 'cancelled'
    ) THEN
        RAISE EXCEPTION 'refunds of contract % exceed what was paid', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'crisis_refunds_within_paid';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.crisis_refunds_within_paid() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    contract crisis_contract%ROWTYPE;
    others numeric;
BEGIN
    IF NEW.contract_id IS NULL OR NEW.amount IS NULL OR NEW.status = 'cancelled' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO contract FROM crisis_contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
    IF contract.currency <> NEW.currency THEN
        RAISE EXCEPTION 'the contract is in %, the refund in %', contract.currency, NEW.currency
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT coalesce(sum(amount), 0) INTO others FROM crisis_refund
        WHERE contract_id = NEW.contract_id AND id <> NEW.id AND status <> 'cancelled';
    IF others + NEW.amount > contract.paid THEN
        RAISE EXCEPTION 'refunds of contract % exceed what was paid', NEW.contract_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'crisis_refunds_within_paid';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.kernel_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION public.kernel_refuse_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF current_setting('nastavnik.may_truncate', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.learning_count_seats() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'booked' THEN
        UPDATE learning_livesession SET booked = booked - 1 WHERE id = OLD.session_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state = 'booked' THEN
        UPDATE learning_livesession SET booked = booked + 1 WHERE id = NEW.session_id;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.learning_ends_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    -- The arguments name the columns that say when, by whom and why it ended; the first is the moment.
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> TG_ARGV[0] IS NULL AND to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION public.learning_refuse_published_part() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.procedures_refuse_change_of_policy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF to_jsonb(NEW) - 'active_to' IS DISTINCT FROM to_jsonb(OLD) - 'active_to' THEN
        RAISE EXCEPTION 'a refusal policy does not change, a new version follows it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.procedures_refuse_change_of_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_answer (
    id bigint NOT NULL,
    sequence integer NOT NULL,
    "position" smallint NOT NULL,
    value jsonb,
    at timestamp with time zone NOT NULL,
    attempt_id bigint NOT NULL,
    CONSTRAINT assessment_answer_position_check CHECK (("position" >= 0)),
    CONSTRAINT assessment_answer_sequence_check CHECK ((sequence >= 0))
);
ALTER TABLE public.assessment_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_appeal (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    "position" smallint NOT NULL,
    reason text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    decision text NOT NULL,
    decided_at timestamp with time zone,
    attempt_id bigint NOT NULL,
    decided_by_id bigint,
    item_id bigint NOT NULL,
    person_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT assessment_appeal_decided CHECK ((((decided_at IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (decided_at IS NOT NULL) AND (NOT (decision = ''::text))))),
    CONSTRAINT assessment_appeal_has_reason CHECK ((NOT (reason = ''::text))),
    CONSTRAINT assessment_appeal_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.assessment_appeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_appeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_attempt (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    number smallint NOT NULL,
    state character varying(8) NOT NULL,
    seed bigint NOT NULL,
    layout jsonb NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    deadline_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by character varying(8) NOT NULL,
    closed_at timestamp with time zone,
    void_reason character varying(500) NOT NULL,
    after_id bigint,
    person_id bigint NOT NULL,
    exam_id bigint NOT NULL,
    form_id bigint NOT NULL,
    sitting_id bigint NOT NULL,
    CONSTRAINT assessment_attempt_number_check CHECK ((number >= 0)),
    CONSTRAINT assessment_begun_has_deadline CHECK ((((state)::text = ANY (ARRAY[('prepared'::character varying)::text, ('missed'::character varying)::text, ('void'::character varying)::text])) OR ((deadline_at IS NOT NULL) AND (opened_at IS NOT NULL)))),
    CONSTRAINT assessment_closed_has_time CHECK (((NOT ((state)::text = 'closed'::text)) OR (closed_at IS NOT NULL))),
    CONSTRAINT assessment_deadline_after_start CHECK (((deadline_at IS NULL) OR (deadline_at >= opened_at))),
    CONSTRAINT assessment_ended_has_time CHECK ((((state)::text = ANY (ARRAY[('prepared'::character varying)::text, ('open'::character varying)::text, ('missed'::character varying)::text, ('void'::character varying)::text])) OR (ended_at IS NOT NULL))),
    CONSTRAINT assessment_void_has_reason CHECK (((NOT ((state)::text = 'void'::text)) OR (NOT ((void_reason)::text = ''::text))))
);
ALTER TABLE public.assessment_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_calibrationrun (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    model character varying(8) NOT NULL,
    takers integer NOT NULL,
    log_likelihood double precision NOT NULL,
    reliability double precision NOT NULL,
    converged boolean NOT NULL,
    items jsonb NOT NULL,
    covariance jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    form_id bigint NOT NULL,
    last_result_id bigint NOT NULL,
    made_by_id bigint,
    CONSTRAINT assessment_calibrationrun_takers_check CHECK ((takers >= 0))
);
ALTER TABLE public.assessment_calibrationrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_calibrationrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_equating (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    is_equated boolean NOT NULL,
    share double precision NOT NULL,
    exact double precision NOT NULL,
    raw_cut smallint NOT NULL,
    band_low smallint NOT NULL,
    band_high smallint NOT NULL,
    error double precision,
    raw_mean double precision NOT NULL,
    equated_mean double precision,
    anchors jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    base_id bigint NOT NULL,
    calibration_id bigint,
    exam_id bigint NOT NULL,
    form_id bigint NOT NULL,
    made_by_id bigint,
    CONSTRAINT assessment_equated_mean_if_comparable CHECK ((((equated_mean IS NOT NULL) AND is_equated) OR ((equated_mean IS NULL) AND (NOT is_equated)))),
    CONSTRAINT assessment_equating_band_high_check CHECK ((band_high >= 0)),
    CONSTRAINT assessment_equating_band_low_check CHECK ((band_low >= 0)),
    CONSTRAINT assessment_equating_raw_cut_check CHECK ((raw_cut >= 0)),
    CONSTRAINT assessment_equating_share CHECK (((share > (0.0)::double precision) AND (share <= (1.0)::double precision)))
);
ALTER TABLE public.assessment_equating ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_equating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_exam (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    description text NOT NULL,
    state character varying(10) NOT NULL,
    blueprint jsonb NOT NULL,
    minutes smallint NOT NULL,
    pass_percent smallint NOT NULL,
    grey_from smallint,
    grey_to smallint,
    retest_items smallint NOT NULL,
    attempts_allowed smallint NOT NULL,
    page_size smallint NOT NULL,
    shuffles_items boolean NOT NULL,
    shuffles_options boolean NOT NULL,
    gate_seconds smallint NOT NULL,
    exposure_cap_percent smallint NOT NULL,
    monthly_day smallint,
    monthly_hour smallint NOT NULL,
    window_hours smallint NOT NULL,
    audience jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    owner_id bigint,
    CONSTRAINT assessment_exam_attempts_allowed_check CHECK ((attempts_allowed >= 0)),
    CONSTRAINT assessment_exam_exposure_cap_percent_check CHECK ((exposure_cap_percent >= 0)),
    CONSTRAINT assessment_exam_gate_seconds_check CHECK ((gate_seconds >= 0)),
    CONSTRAINT assessment_exam_grey_band CHECK ((((grey_from IS NULL) AND (grey_to IS NULL)) OR ((grey_from >= 1) AND (grey_from <= grey_to) AND (grey_to <= 100)))),
    CONSTRAINT assessment_exam_grey_from_check CHECK ((grey_from >= 0)),
    CONSTRAINT assessment_exam_grey_to_check CHECK ((grey_to >= 0)),
    CONSTRAINT assessment_exam_has_time CHECK (((attempts_allowed >= 1) AND (minutes >= 1) AND (page_size >= 1) AND (window_hours >= 1))),
    CONSTRAINT assessment_exam_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT assessment_exam_monthly_day CHECK (((monthly_day IS NULL) OR ((monthly_day >= 1) AND (monthly_day <= 28)))),
    CONSTRAINT assessment_exam_monthly_day_check CHECK ((monthly_day >= 0)),
    CONSTRAINT assessment_exam_monthly_hour CHECK ((monthly_hour <= 23)),
    CONSTRAINT assessment_exam_monthly_hour_check CHECK ((monthly_hour >= 0)),
    CONSTRAINT assessment_exam_page_size_check CHECK ((page_size >= 0)),
    CONSTRAINT assessment_exam_pass_mark CHECK (((pass_percent >= 1) AND (pass_percent <= 100))),
    CONSTRAINT assessment_exam_pass_percent_check CHECK ((pass_percent >= 0)),
    CONSTRAINT assessment_exam_retest_items_check CHECK ((retest_items >= 0)),
    CONSTRAINT assessment_exam_window_hours_check CHECK ((window_hours >= 0))
);
ALTER TABLE public.assessment_exam ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_exam_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_exposure (
    id bigint NOT NULL,
    month_date date NOT NULL,
    takers integer NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT assessment_exposure_takers_check CHECK ((takers >= 0))
);
ALTER TABLE public.assessment_exposure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_exposure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_form (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    number integer NOT NULL,
    purpose character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    seed bigint NOT NULL,
    blueprint jsonb NOT NULL,
    item_count smallint NOT NULL,
    max_points numeric(10,4) NOT NULL,
    cut_points numeric(10,4),
    frozen jsonb NOT NULL,
    month_date date,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    exam_id bigint NOT NULL,
    made_by_id bigint,
    CONSTRAINT assessment_form_has_points CHECK ((max_points > (0)::numeric)),
    CONSTRAINT assessment_form_item_count_check CHECK ((item_count >= 0)),
    CONSTRAINT assessment_form_number_check CHECK ((number >= 0)),
    CONSTRAINT assessment_form_published_at CHECK (((NOT ((state)::text = 'published'::text)) OR (published_at IS NOT NULL)))
);
ALTER TABLE public.assessment_form ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_form_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_formitem (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    is_anchor boolean NOT NULL,
    topic_path character varying(2000) NOT NULL,
    points numeric(10,4) NOT NULL,
    form_id bigint NOT NULL,
    item_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT assessment_formitem_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.assessment_formitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_formitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_item (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(8) NOT NULL,
    source character varying(500) NOT NULL,
    review_date date,
    external_id character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    latest_number integer NOT NULL,
    label character varying(200) NOT NULL,
    search_text text NOT NULL,
    content_hash character varying(64) NOT NULL,
    fault_count smallint NOT NULL,
    owner_id bigint,
    topic_id bigint,
    CONSTRAINT assessment_item_fault_count_check CHECK ((fault_count >= 0)),
    CONSTRAINT assessment_item_latest_number_check CHECK ((latest_number >= 0)),
    CONSTRAINT assessment_live_without_faults CHECK ((((state)::text = ANY (ARRAY[('pilot'::character varying)::text, ('retired'::character varying)::text])) OR (fault_count = 0)))
);
ALTER TABLE public.assessment_item ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_item_tags (
    id bigint NOT NULL,
    item_id bigint NOT NULL,
    tag_id bigint NOT NULL
);
ALTER TABLE public.assessment_item_tags ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_item_tags_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_itemalarm (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    kind character varying(8) NOT NULL,
    figures jsonb NOT NULL,
    found_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    note character varying(500) NOT NULL,
    form_id bigint NOT NULL,
    looked_by_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT assessment_alarm_looked_at CHECK ((((looked_at IS NULL) AND (looked_by_id IS NULL)) OR ((looked_at IS NOT NULL) AND (NOT ((note)::text = ''::text)))))
);
ALTER TABLE public.assessment_itemalarm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_itemalarm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_itemimport (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    file_name character varying(255) NOT NULL,
    format character varying(12) NOT NULL,
    content bytea,
    replaces boolean NOT NULL,
    state character varying(8) NOT NULL,
    read integer NOT NULL,
    accepted integer NOT NULL,
    rejected integer NOT NULL,
    created integer NOT NULL,
    revised integer NOT NULL,
    known integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    loaded_at timestamp with time zone,
    started_by_id bigint,
    topic_id bigint,
    CONSTRAINT assessment_itemimport_accepted_check CHECK ((accepted >= 0)),
    CONSTRAINT assessment_itemimport_created_check CHECK ((created >= 0)),
    CONSTRAINT assessment_itemimport_known_check CHECK ((known >= 0)),
    CONSTRAINT assessment_itemimport_read_check CHECK ((read >= 0)),
    CONSTRAINT assessment_itemimport_rejected_check CHECK ((rejected >= 0)),
    CONSTRAINT assessment_itemimport_revised_check CHECK ((revised >= 0))
);
ALTER TABLE public.assessment_itemimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_itemimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_itemresult (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    answer jsonb,
    points numeric(10,4) NOT NULL,
    max_points numeric(10,4) NOT NULL,
    parts jsonb NOT NULL,
    answered_at timestamp with time zone,
    is_left_out boolean NOT NULL,
    attempt_id bigint NOT NULL,
    item_id bigint NOT NULL,
    version_id bigint NOT NULL,
    result_id bigint NOT NULL,
    CONSTRAINT assessment_item_result_within CHECK (((points >= (0)::numeric) AND (points <= max_points))),
    CONSTRAINT assessment_itemresult_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.assessment_itemresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_itemresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_itemversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    body jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    note character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    item_id bigint NOT NULL,
    made_by_id bigint,
    CONSTRAINT assessment_itemversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.assessment_itemversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_itemversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_mark (
    id bigint NOT NULL,
    number smallint NOT NULL,
    lines jsonb NOT NULL,
    points numeric(10,4) NOT NULL,
    note character varying(1000) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    marker_id bigint NOT NULL,
    answer_id bigint NOT NULL,
    CONSTRAINT assessment_mark_not_negative CHECK ((points >= (0)::numeric)),
    CONSTRAINT assessment_mark_number_check CHECK ((number >= 0)),
    CONSTRAINT assessment_three_marks_at_most CHECK ((number = ANY (ARRAY[1, 2, 3])))
);
ALTER TABLE public.assessment_mark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_mark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_openanswer (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    "position" smallint NOT NULL,
    part smallint NOT NULL,
    text text NOT NULL,
    max_points numeric(10,4) NOT NULL,
    markers smallint NOT NULL,
    state character varying(9) NOT NULL,
    points numeric(10,4),
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    attempt_id bigint NOT NULL,
    item_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT assessment_open_answer_markers CHECK ((markers = ANY (ARRAY[1, 2]))),
    CONSTRAINT assessment_open_answer_within CHECK (((points IS NULL) OR ((points >= (0)::numeric) AND (points <= max_points)))),
    CONSTRAINT assessment_openanswer_markers_check CHECK ((markers >= 0)),
    CONSTRAINT assessment_openanswer_part_check CHECK ((part >= 0)),
    CONSTRAINT assessment_openanswer_position_check CHECK (("position" >= 0)),
    CONSTRAINT assessment_settled_has_points CHECK ((((points IS NOT NULL) AND (settled_at IS NOT NULL) AND ((state)::text = 'settled'::text)) OR ((NOT ((state)::text = 'settled'::text)) AND (points IS NULL) AND (settled_at IS NULL))))
);
ALTER TABLE public.assessment_openanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_openanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_rescoring (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    treatment character varying(8) NOT NULL,
    spares_passes boolean NOT NULL,
    reason character varying(500) NOT NULL,
    attempts integer NOT NULL,
    changed integer NOT NULL,
    gained integer NOT NULL,
    lost integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    corrected_id bigint,
    made_by_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT assessment_rescoring_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT assessment_rescoring_by_version CHECK ((((corrected_id IS NOT NULL) AND ((treatment)::text = 'rekey'::text)) OR ((NOT ((treatment)::text = 'rekey'::text)) AND (corrected_id IS NULL)))),
    CONSTRAINT assessment_rescoring_changed_check CHECK ((changed >= 0)),
    CONSTRAINT assessment_rescoring_gained_check CHECK ((gained >= 0)),
    CONSTRAINT assessment_rescoring_has_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT assessment_rescoring_lost_check CHECK ((lost >= 0))
);
ALTER TABLE public.assessment_rescoring ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_rescoring_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_result (
    id bigint NOT NULL,
    points numeric(10,4) NOT NULL,
    max_points numeric(10,4) NOT NULL,
    percent numeric(6,2) NOT NULL,
    cut_points numeric(10,4) NOT NULL,
    outcome character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    reason character varying(500) NOT NULL,
    attempt_id bigint NOT NULL,
    made_by_id bigint,
    replaces_id bigint,
    CONSTRAINT assessment_rescore_has_reason CHECK (((replaces_id IS NULL) OR (NOT ((reason)::text = ''::text)))),
    CONSTRAINT assessment_result_within CHECK (((points >= (0)::numeric) AND (points <= max_points)))
);
ALTER TABLE public.assessment_result ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_result_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_resultfact (
    id bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    result_id bigint NOT NULL
);
ALTER TABLE public.assessment_resultfact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_resultfact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_signal (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    kind character varying(10) NOT NULL,
    figures jsonb NOT NULL,
    found_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    note character varying(500) NOT NULL,
    attempt_id bigint NOT NULL,
    looked_by_id bigint,
    other_id bigint,
    CONSTRAINT assessment_signal_looked_at CHECK ((((looked_at IS NULL) AND (looked_by_id IS NULL)) OR ((looked_at IS NOT NULL) AND (NOT ((note)::text = ''::text))))),
    CONSTRAINT assessment_signal_of_a_pair CHECK (((((kind)::text = 'same'::text) AND (other_id IS NOT NULL)) OR ((NOT ((kind)::text = 'same'::text)) AND (other_id IS NULL))))
);
ALTER TABLE public.assessment_signal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_signal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_sitting (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    purpose character varying(8) NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    minutes smallint NOT NULL,
    pass_percent smallint NOT NULL,
    grey_from smallint,
    grey_to smallint,
    attempts_allowed smallint NOT NULL,
    page_size smallint NOT NULL,
    gate_seconds smallint NOT NULL,
    month_date date,
    offered_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    exam_id bigint NOT NULL,
    offered_by_id bigint,
    CONSTRAINT assessment_sitting_attempts_allowed_check CHECK ((attempts_allowed >= 0)),
    CONSTRAINT assessment_sitting_gate_seconds_check CHECK ((gate_seconds >= 0)),
    CONSTRAINT assessment_sitting_grey_from_check CHECK ((grey_from >= 0)),
    CONSTRAINT assessment_sitting_grey_to_check CHECK ((grey_to >= 0)),
    CONSTRAINT assessment_sitting_has_length CHECK ((closes_at > opens_at)),
    CONSTRAINT assessment_sitting_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT assessment_sitting_page_size_check CHECK ((page_size >= 0)),
    CONSTRAINT assessment_sitting_pass_percent_check CHECK ((pass_percent >= 0))
);
CREATE TABLE public.assessment_sitting_forms (
    id bigint NOT NULL,
    sitting_id bigint NOT NULL,
    form_id bigint NOT NULL
);
ALTER TABLE public.assessment_sitting_forms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_sitting_forms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.assessment_sitting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_sitting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_tag (
    id bigint NOT NULL,
    name character varying(80) NOT NULL
);
ALTER TABLE public.assessment_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_topic (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    path character varying(2000) NOT NULL,
    parent_id bigint,
    CONSTRAINT assessment_topic_has_title CHECK ((NOT ((title)::text = ''::text))),
    CONSTRAINT assessment_topic_not_in_itself CHECK ((NOT ((id = parent_id) AND (parent_id IS NOT NULL))))
);
ALTER TABLE public.assessment_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_activity (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    "position" integer NOT NULL,
    kind character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    minutes smallint NOT NULL,
    is_required boolean NOT NULL,
    settings jsonb NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT content_activity_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT content_activity_position_check CHECK (("position" >= 0)),
    CONSTRAINT content_activity_takes_time CHECK (((minutes >= 1) AND (minutes <= 1440)))
);
ALTER TABLE public.content_activity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_activityprogress (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    evidence jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    progress_id bigint NOT NULL
);
ALTER TABLE public.content_activityprogress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_activityprogress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_course (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    is_open boolean NOT NULL,
    review_date date,
    review_told_date date,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    search_text text NOT NULL,
    author_id bigint,
    owner_id bigint,
    CONSTRAINT content_course_has_title CHECK ((NOT ((title)::text = ''::text)))
);
ALTER TABLE public.content_course ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_course_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_courseaccess (
    id bigint NOT NULL,
    source character varying(120) NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    course_id bigint NOT NULL,
    granted_by_id bigint,
    person_id bigint NOT NULL,
    CONSTRAINT content_access_ends_after_it_begins CHECK (((revoked_at IS NULL) OR (revoked_at >= granted_at)))
);
ALTER TABLE public.content_courseaccess ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_courseaccess_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_coursefile (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    state character varying(8) NOT NULL,
    problem character varying(500) NOT NULL,
    duration_ms bigint,
    pages jsonb NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    course_id bigint NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT content_coursefile_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT content_coursefile_size_check CHECK ((size >= 0)),
    CONSTRAINT content_only_slides_wait CHECK ((((state)::text = 'ready'::text) OR ((kind)::text = 'pdf'::text)))
);
ALTER TABLE public.content_coursefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_coursefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_courseimport (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    file_name character varying(255) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    loaded_at timestamp with time zone,
    course_id bigint,
    started_by_id bigint
);
ALTER TABLE public.content_courseimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_courseimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_courseprogress (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    cycle smallint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    course_id bigint NOT NULL,
    person_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT content_courseprogress_cycle_check CHECK ((cycle >= 0)),
    CONSTRAINT content_progress_cycle_from_1 CHECK ((cycle >= 1)),
    CONSTRAINT content_progress_ends_after_it_begins CHECK (((completed_at IS NULL) OR (completed_at >= began_at)))
);
ALTER TABLE public.content_courseprogress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_courseprogress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_courseversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    state character varying(10) NOT NULL,
    in_order boolean NOT NULL,
    note character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    retired_at timestamp with time zone,
    course_id bigint NOT NULL,
    made_by_id bigint,
    published_by_id bigint,
    CONSTRAINT content_courseversion_number_check CHECK ((number >= 0)),
    CONSTRAINT content_version_state_has_its_moments CHECK ((((published_at IS NULL) AND (retired_at IS NULL) AND ((state)::text = 'draft'::text)) OR ((published_at IS NOT NULL) AND (retired_at IS NULL) AND ((state)::text = 'published'::text)) OR ((published_at IS NOT NULL) AND (retired_at IS NOT NULL) AND ((state)::text = 'retired'::text))))
);
ALTER TABLE public.content_courseversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_courseversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_submission (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    key character varying(40) NOT NULL,
    number smallint NOT NULL,
    text text NOT NULL,
    file_name character varying(120) NOT NULL,
    file_size bigint NOT NULL,
    handed_in_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    points jsonb NOT NULL,
    total smallint,
    maximum smallint,
    comment text NOT NULL,
    marked_at timestamp with time zone,
    marked_by_id bigint,
    progress_id bigint NOT NULL,
    CONSTRAINT content_submission_file_size_check CHECK ((file_size >= 0)),
    CONSTRAINT content_submission_holds_something CHECK ((NOT (((file_name)::text = ''::text) AND (text = ''::text)))),
    CONSTRAINT content_submission_marked_whole CHECK ((((marked_at IS NULL) AND (maximum IS NULL) AND ((state)::text = 'handed_in'::text) AND (total IS NULL)) OR ((marked_at IS NOT NULL) AND (maximum IS NOT NULL) AND ((state)::text = ANY (ARRAY[('accepted'::character varying)::text, ('returned'::character varying)::text])) AND (total IS NOT NULL) AND (total <= maximum)))),
    CONSTRAINT content_submission_maximum_check CHECK ((maximum >= 0)),
    CONSTRAINT content_submission_number_check CHECK ((number >= 0)),
    CONSTRAINT content_submission_total_check CHECK ((total >= 0))
);
ALTER TABLE public.content_submission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_submission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.content_surveyanswer (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    comfortable smallint NOT NULL,
    clear smallint NOT NULL,
    useful smallint NOT NULL,
    recommend smallint NOT NULL,
    comment text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    progress_id bigint NOT NULL,
    CONSTRAINT content_survey_scores_from_1_to_5 CHECK (((clear >= 1) AND (clear <= 5) AND (comfortable >= 1) AND (comfortable <= 5) AND (recommend >= 1) AND (recommend <= 5) AND (useful >= 1) AND (useful <= 5))),
    CONSTRAINT content_surveyanswer_clear_check CHECK ((clear >= 0)),
    CONSTRAINT content_surveyanswer_comfortable_check CHECK ((comfortable >= 0)),
    CONSTRAINT content_surveyanswer_recommend_check CHECK ((recommend >= 0)),
    CONSTRAINT content_surveyanswer_useful_check CHECK ((useful >= 0))
);
ALTER TABLE public.content_surveyanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.content_surveyanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_abuseflag (
    id bigint NOT NULL,
    sign character varying(13) NOT NULL,
    facts jsonb NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    verdict character varying(9) NOT NULL,
    note character varying(300) NOT NULL,
    judged_at timestamp with time zone,
    judged_by_id bigint,
    offer_id bigint NOT NULL
);
ALTER TABLE public.crisis_abuseflag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_abuseflag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_approval (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    level smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decision character varying(9) NOT NULL,
    amount bigint,
    clause character varying(300) NOT NULL,
    checker_id bigint,
    maker_id bigint NOT NULL,
    offer_id bigint NOT NULL,
    CONSTRAINT crisis_approval_decided CHECK ((((checker_id IS NULL) AND (decided_at IS NULL) AND ((decision)::text = ''::text)) OR ((decided_at IS NOT NULL) AND ((decision)::text = 'escalated'::text)) OR ((checker_id IS NOT NULL) AND (decided_at IS NOT NULL) AND ((decision)::text = ANY (ARRAY[('approved'::character varying)::text, ('partial'::character varying)::text, ('denied'::character varying)::text]))))),
    CONSTRAINT crisis_approval_level_check CHECK ((level >= 0)),
    CONSTRAINT crisis_maker_is_not_checker CHECK (((checker_id IS NULL) OR (NOT ((checker_id = maker_id) AND (checker_id IS NOT NULL)))))
);
ALTER TABLE public.crisis_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_attachment (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    name character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    content_type character varying(80) NOT NULL,
    content bytea NOT NULL,
    message_id bigint NOT NULL,
    CONSTRAINT crisis_attachment_size_check CHECK ((size >= 0))
);
ALTER TABLE public.crisis_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_auditedcase (
    case_id bigint NOT NULL,
    last_seq integer NOT NULL,
    refused boolean NOT NULL,
    attempts smallint NOT NULL,
    state character varying(17) NOT NULL,
    audited_at timestamp with time zone NOT NULL,
    policy_id bigint,
    CONSTRAINT crisis_auditedcase_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT crisis_auditedcase_last_seq_check CHECK ((last_seq >= 0))
);
CREATE TABLE public.crisis_authoritylimit (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    currency character varying(3) NOT NULL,
    most bigint NOT NULL,
    second_from bigint,
    certificate_code character varying(60) NOT NULL,
    grade_id bigint NOT NULL,
    kind_id bigint NOT NULL,
    CONSTRAINT crisis_limit_amounts CHECK (((most >= 0) AND ((second_from IS NULL) OR (second_from >= 0)))),
    CONSTRAINT crisis_limit_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.crisis_authoritylimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_authoritylimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_budget (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    public_id character varying(32) NOT NULL,
    currency character varying(3) NOT NULL,
    amount bigint NOT NULL,
    reserved bigint NOT NULL,
    spent bigint NOT NULL,
    made_by_id bigint,
    team_id bigint,
    kind_id bigint,
    CONSTRAINT crisis_budget_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT crisis_budget_not_exceeded CHECK (((reserved >= 0) AND (spent >= 0) AND (amount >= (reserved + spent))))
);
ALTER TABLE public.crisis_budget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_budget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE SEQUENCE public.crisis_case_number
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.crisis_caseclock (
    id bigint NOT NULL,
    state character varying(7) NOT NULL,
    started_at timestamp with time zone,
    due_at timestamp with time zone,
    done_at timestamp with time zone,
    elapsed_ms bigint NOT NULL,
    breached boolean NOT NULL,
    case_id bigint NOT NULL,
    template_id bigint NOT NULL
);
ALTER TABLE public.crisis_caseclock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_caseclock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_caseevent (
    id bigint NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    source character varying(8) NOT NULL,
    payload jsonb NOT NULL,
    idem character varying(200) NOT NULL,
    actor_id bigint,
    case_id bigint NOT NULL,
    message_id bigint,
    CONSTRAINT crisis_caseevent_seq_check CHECK ((seq >= 0))
);
ALTER TABLE public.crisis_caseevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_caseevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_caseimport (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    file_name character varying(255) NOT NULL,
    content bytea,
    sha256 character varying(64) NOT NULL,
    state character varying(8) NOT NULL,
    read integer NOT NULL,
    rejected integer NOT NULL,
    created integer NOT NULL,
    known integer NOT NULL,
    problems jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    loaded_at timestamp with time zone,
    started_by_id bigint,
    CONSTRAINT crisis_caseimport_created_check CHECK ((created >= 0)),
    CONSTRAINT crisis_caseimport_known_check CHECK ((known >= 0)),
    CONSTRAINT crisis_caseimport_read_check CHECK ((read >= 0)),
    CONSTRAINT crisis_caseimport_rejected_check CHECK ((rejected >= 0))
);
ALTER TABLE public.crisis_caseimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_caseimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_casesource (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    public_id character varying(32) NOT NULL,
    preset character varying(10) NOT NULL,
    secret character varying(120) NOT NULL,
    kind character varying(9) NOT NULL,
    is_active boolean NOT NULL,
    team_id bigint
);
ALTER TABLE public.crisis_casesource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_casesource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_casestate (
    case_id bigint NOT NULL,
    last_seq integer NOT NULL,
    last_at timestamp with time zone,
    process jsonb NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone,
    reached_human_at timestamp with time zone,
    paused_at timestamp with time zone,
    reopened smallint NOT NULL,
    transferred smallint NOT NULL,
    rung character varying(16) NOT NULL,
    CONSTRAINT crisis_casestate_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT crisis_casestate_last_seq_check CHECK ((last_seq >= 0)),
    CONSTRAINT crisis_casestate_reopened_check CHECK ((reopened >= 0)),
    CONSTRAINT crisis_casestate_transferred_check CHECK ((transferred >= 0))
);
CREATE TABLE public.crisis_clocktemplate (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    code character varying(60) NOT NULL,
    kinds jsonb NOT NULL,
    severity smallint,
    measure character varying(14) NOT NULL,
    unit character varying(8) NOT NULL,
    target_ms bigint NOT NULL,
    can_pause boolean NOT NULL,
    note_counts boolean NOT NULL,
    is_statutory boolean NOT NULL,
    is_on boolean NOT NULL,
    legal_basis character varying(300) NOT NULL,
    calendar_id bigint,
    CONSTRAINT crisis_clock_target CHECK ((target_ms > 0)),
    CONSTRAINT crisis_clocktemplate_severity_check CHECK ((severity >= 0)),
    CONSTRAINT crisis_law_never_pauses CHECK (((NOT is_statutory) OR ((NOT can_pause) AND ((unit)::text = 'calendar'::text)))),
    CONSTRAINT crisis_template_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.crisis_clocktemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_clocktemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_compliancefinding (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    code character varying(6) NOT NULL,
    at timestamp with time zone NOT NULL,
    span_start integer,
    span_end integer,
    rule character varying(40) NOT NULL,
    verdict character varying(9) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    contested_at timestamp with time zone,
    objection text NOT NULL,
    judged_at timestamp with time zone,
    reason text NOT NULL,
    agent_id bigint,
    case_id bigint NOT NULL,
    event_id bigint NOT NULL,
    judged_by_id bigint,
    message_id bigint,
    policy_id bigint,
    CONSTRAINT crisis_compliancefinding_span_end_check CHECK ((span_end >= 0)),
    CONSTRAINT crisis_compliancefinding_span_start_check CHECK ((span_start >= 0)),
    CONSTRAINT crisis_finding_judged CHECK ((((judged_at IS NOT NULL) AND ((verdict)::text = ANY (ARRAY[('upheld'::character varying)::text, ('rejected'::character varying)::text]))) OR ((NOT ((verdict)::text = ANY (ARRAY[('upheld'::character varying)::text, ('rejected'::character varying)::text]))) AND (judged_at IS NULL)))),
    CONSTRAINT crisis_finding_objection CHECK (((contested_at IS NULL) OR (NOT (objection = ''::text)))),
    CONSTRAINT crisis_finding_span CHECK ((((span_end IS NULL) AND (span_start IS NULL)) OR (span_end >= span_start)))
);
ALTER TABLE public.crisis_compliancefinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_compliancefinding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_contract (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    ext_id character varying(120) NOT NULL,
    title character varying(200) NOT NULL,
    currency character varying(3) NOT NULL,
    price bigint NOT NULL,
    paid bigint NOT NULL,
    used bigint NOT NULL,
    units_total integer,
    units_used integer,
    costs bigint NOT NULL,
    costs_evidence text NOT NULL,
    signed_date date,
    customer_id bigint NOT NULL,
    CONSTRAINT crisis_contract_amounts CHECK (((price >= 0) AND (paid >= 0) AND (used >= 0) AND (costs >= 0))),
    CONSTRAINT crisis_contract_currency CHECK (((currency)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT crisis_contract_units_total_check CHECK ((units_total >= 0)),
    CONSTRAINT crisis_contract_units_used_check CHECK ((units_used >= 0)),
    CONSTRAINT crisis_costs_proven CHECK (((costs = 0) OR (NOT (costs_evidence = ''::text))))
);
ALTER TABLE public.crisis_contract ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_conversation (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    channel character varying(5) NOT NULL,
    origin character varying(40) NOT NULL,
    external_id character varying(120) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    hung_up_by character varying(8) NOT NULL,
    case_id bigint,
    customer_id bigint NOT NULL,
    CONSTRAINT crisis_conversation_order CHECK (((ended_at IS NULL) OR (ended_at >= started_at)))
);
ALTER TABLE public.crisis_conversation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_crisiscase (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    number bigint NOT NULL,
    kind character varying(9) NOT NULL,
    severity smallint NOT NULL,
    stage character varying(7) NOT NULL,
    subject character varying(200) NOT NULL,
    remedy character varying(300) NOT NULL,
    policy_version integer,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    outcome character varying(14) NOT NULL,
    refusal_state character varying(17) NOT NULL,
    next_due_at timestamp with time zone,
    assignee_id bigint,
    merged_into_id bigint,
    team_id bigint,
    contract_id bigint,
    customer_id bigint NOT NULL,
    skill_id bigint,
    CONSTRAINT crisis_closed_when_closed CHECK ((((closed_at IS NOT NULL) AND ((stage)::text = 'closed'::text)) OR ((NOT ((stage)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT crisis_crisiscase_number_check CHECK ((number >= 0)),
    CONSTRAINT crisis_crisiscase_policy_version_check CHECK ((policy_version >= 0)),
    CONSTRAINT crisis_crisiscase_severity_check CHECK ((severity >= 0)),
    CONSTRAINT crisis_severity_range CHECK (((severity >= 1) AND (severity <= 4)))
);
ALTER TABLE public.crisis_crisiscase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_crisiscase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_customer (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    ext_id character varying(120) NOT NULL,
    name character varying(200) NOT NULL,
    value_band character varying(20) NOT NULL,
    lang character varying(5) NOT NULL,
    contacts jsonb NOT NULL,
    search_text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone
);
ALTER TABLE public.crisis_customer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_deskcalendar (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    time_zone character varying(60) NOT NULL,
    is_default boolean NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT crisis_deskcalendar_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.crisis_deskcalendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_deskcalendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_deskday (
    id bigint NOT NULL,
    date date NOT NULL,
    is_working boolean NOT NULL,
    like_weekday smallint NOT NULL,
    name character varying(120) NOT NULL,
    source character varying(120) NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT crisis_desk_day_weekday CHECK ((like_weekday <= 6)),
    CONSTRAINT crisis_deskday_like_weekday_check CHECK ((like_weekday >= 0))
);
ALTER TABLE public.crisis_deskday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_deskday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_deskshift (
    id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    person_id bigint NOT NULL,
    CONSTRAINT crisis_shift_order CHECK (((ended_at IS NULL) OR (ended_at >= began_at)))
);
ALTER TABLE public.crisis_deskshift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_deskshift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_deskskill (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    contact_type character varying(60) NOT NULL,
    is_active boolean NOT NULL
);
ALTER TABLE public.crisis_deskskill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_deskskill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_duplicatecandidate (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    rule character varying(40) NOT NULL,
    verdict character varying(9) NOT NULL,
    reason character varying(300) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    judged_at timestamp with time zone,
    judged_by_id bigint,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    CONSTRAINT crisis_twin_judged CHECK ((((judged_at IS NULL) AND ((verdict)::text = 'pending'::text)) OR ((NOT ((verdict)::text = 'pending'::text)) AND (judged_at IS NOT NULL)))),
    CONSTRAINT crisis_twin_of_another CHECK ((NOT (first_id = second_id)))
);
ALTER TABLE public.crisis_duplicatecandidate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_duplicatecandidate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_escalationstep (
    id bigint NOT NULL,
    rung character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    case_id bigint NOT NULL,
    event_id bigint NOT NULL,
    owner_id bigint
);
ALTER TABLE public.crisis_escalationstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_escalationstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_ladderrung (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    public_id character varying(32) NOT NULL,
    rung character varying(16) NOT NULL,
    "position" smallint NOT NULL,
    target_ms bigint NOT NULL,
    unit character varying(8) NOT NULL,
    legal_basis character varying(300) NOT NULL,
    owner_id bigint,
    CONSTRAINT crisis_ladderrung_position_check CHECK (("position" >= 0)),
    CONSTRAINT crisis_rung_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT crisis_rung_target CHECK ((target_ms > 0))
);
ALTER TABLE public.crisis_ladderrung ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_ladderrung_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_ledgeraccount (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    kind character varying(8) NOT NULL,
    currency character varying(3) NOT NULL,
    balance bigint NOT NULL,
    customer_id bigint,
    CONSTRAINT crisis_account_currency CHECK (((currency)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT crisis_account_never_below_zero CHECK ((balance >= 0)),
    CONSTRAINT crisis_account_owner CHECK ((((customer_id IS NOT NULL) AND ((kind)::text = 'wallet'::text)) OR ((kind)::text = 'suspense'::text) OR ((customer_id IS NULL) AND ((kind)::text = ANY (ARRAY[('bank'::character varying)::text, ('goodwill'::character varying)::text, ('sales'::character varying)::text])))))
);
ALTER TABLE public.crisis_ledgeraccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_ledgeraccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_ledgerentry (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    idem character varying(200) NOT NULL,
    kind character varying(16) NOT NULL,
    currency character varying(3) NOT NULL,
    legs smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    memo character varying(300) NOT NULL,
    payload_hash character varying(64) NOT NULL,
    approved_by_id bigint,
    case_id bigint,
    made_by_id bigint,
    reverses_id bigint,
    CONSTRAINT crisis_entry_legs CHECK ((legs >= 2)),
    CONSTRAINT crisis_entry_reversal_names_it CHECK (((((kind)::text = 'reversal'::text) AND (reverses_id IS NOT NULL)) OR ((NOT ((kind)::text = 'reversal'::text)) AND (reverses_id IS NULL)))),
    CONSTRAINT crisis_entry_second_person CHECK (((approved_by_id IS NULL) OR (made_by_id IS NULL) OR (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL) AND (made_by_id IS NOT NULL))))),
    CONSTRAINT crisis_ledgerentry_legs_check CHECK ((legs >= 0))
);
ALTER TABLE public.crisis_ledgerentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_ledgerentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_ledgerposting (
    n smallint NOT NULL,
    amount bigint NOT NULL,
    account_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    CONSTRAINT crisis_ledgerposting_n_check CHECK ((n >= 0)),
    CONSTRAINT crisis_posting_moves CHECK ((NOT (amount = 0))),
    CONSTRAINT crisis_posting_number CHECK ((n >= 1))
);
CREATE TABLE public.crisis_matrixrow (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    issue character varying(10) NOT NULL,
    fault character varying(6) NOT NULL,
    severity smallint,
    value_band character varying(20) NOT NULL,
    channel character varying(5) NOT NULL,
    currency character varying(3) NOT NULL,
    "least" bigint NOT NULL,
    most bigint NOT NULL,
    "position" smallint NOT NULL,
    version integer NOT NULL,
    slot bigint GENERATED ALWAYS AS (hashtextextended((COALESCE((issue)::text, ''::text) || COALESCE((COALESCE('|'::text, ''::text) || COALESCE((COALESCE((fault)::text, ''::text) || COALESCE((COALESCE('|'::text, ''::text) || COALESCE((COALESCE((severity)::text, ''::text) || COALESCE((COALESCE('|'::text, ''::text) || COALESCE((COALESCE((value_band)::text, ''::text) || COALESCE((COALESCE('|'::text, ''::text) || COALESCE((COALESCE((channel)::text, ''::text) || COALESCE((COALESCE('|'::text, ''::text) || COALESCE((currency)::text, ''::text)), ''::text)), ''::text)), ''::text)), ''::text)), ''::text)), ''::text)), ''::text)), ''::text)), ''::text)), (0)::bigint)) STORED,
    kind_id bigint NOT NULL,
    CONSTRAINT crisis_matrix_bounds CHECK ((("least" >= 0) AND (most >= "least"))),
    CONSTRAINT crisis_matrix_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT crisis_matrixrow_position_check CHECK (("position" >= 0)),
    CONSTRAINT crisis_matrixrow_severity_check CHECK ((severity >= 0)),
    CONSTRAINT crisis_matrixrow_version_check CHECK ((version >= 0))
);
ALTER TABLE public.crisis_matrixrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_matrixrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_message (
    id bigint NOT NULL,
    n integer NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    side character varying(8) NOT NULL,
    text text NOT NULL,
    seg_start integer,
    seg_end integer,
    source_id character varying(160) NOT NULL,
    agent_id bigint,
    conversation_id bigint NOT NULL,
    CONSTRAINT crisis_message_n_check CHECK ((n >= 0)),
    CONSTRAINT crisis_message_seg_end_check CHECK ((seg_end >= 0)),
    CONSTRAINT crisis_message_seg_start_check CHECK ((seg_start >= 0)),
    CONSTRAINT crisis_segment_order CHECK ((((seg_end IS NULL) AND (seg_start IS NULL)) OR (seg_end >= seg_start)))
);
ALTER TABLE public.crisis_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_offer (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    details character varying(300) NOT NULL,
    issue character varying(10) NOT NULL,
    fault character varying(6) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    presented_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    declined_at timestamp with time zone,
    expired_at timestamp with time zone,
    refused_at timestamp with time zone,
    consent text NOT NULL,
    budget_id bigint,
    case_id bigint NOT NULL,
    entry_id bigint,
    event_id bigint,
    limit_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    matrix_row_id bigint NOT NULL,
    kind_id bigint NOT NULL,
    CONSTRAINT crisis_offer_accepted_with_consent CHECK (((accepted_at IS NULL) OR ((presented_at IS NOT NULL) AND (approved_at IS NOT NULL) AND (NOT (consent = ''::text))))),
    CONSTRAINT crisis_offer_amount CHECK ((amount >= 0)),
    CONSTRAINT crisis_offer_approved_first CHECK (((presented_at IS NULL) OR (approved_at IS NOT NULL))),
    CONSTRAINT crisis_offer_one_outcome CHECK ((num_nonnulls(accepted_at, declined_at, expired_at, refused_at) <= 1))
);
ALTER TABLE public.crisis_offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_offerkind (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    public_id character varying(32) NOT NULL,
    category character varying(16) NOT NULL,
    has_cost boolean NOT NULL,
    to_account boolean NOT NULL,
    lifetime_hours smallint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT crisis_credit_costs CHECK (((NOT to_account) OR has_cost)),
    CONSTRAINT crisis_offer_lifetime CHECK ((lifetime_hours >= 1)),
    CONSTRAINT crisis_offerkind_lifetime_hours_check CHECK ((lifetime_hours >= 0))
);
ALTER TABLE public.crisis_offerkind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_offerkind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_payment (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    provider character varying(40) NOT NULL,
    ref character varying(120) NOT NULL,
    payer character varying(120) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    invoice character varying(120) NOT NULL,
    is_instalment boolean NOT NULL,
    card character varying(64) NOT NULL,
    paid_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    contract_id bigint,
    customer_id bigint,
    entry_id bigint,
    CONSTRAINT crisis_payment_amount CHECK ((amount > 0)),
    CONSTRAINT crisis_payment_currency CHECK (((currency)::text ~ '^[A-Z]{3}$'::text))
);
ALTER TABLE public.crisis_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_paymentchoice (
    id bigint NOT NULL,
    choice character varying(6) NOT NULL,
    card_was_offered boolean NOT NULL,
    evidence text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    payment_id bigint NOT NULL,
    recorded_by_id bigint,
    CONSTRAINT crisis_card_was_offered CHECK (card_was_offered),
    CONSTRAINT crisis_choice_has_evidence CHECK ((NOT (evidence = ''::text)))
);
ALTER TABLE public.crisis_paymentchoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_paymentchoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_payout (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    provider character varying(40) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    card character varying(64) NOT NULL,
    state character varying(9) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    case_id bigint,
    customer_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    requested_by_id bigint,
    CONSTRAINT crisis_payout_amount CHECK ((amount > 0))
);
ALTER TABLE public.crisis_payout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_payout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_ratingrequest (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    score smallint,
    comment text NOT NULL,
    answered_at timestamp with time zone,
    case_id bigint,
    conversation_id bigint NOT NULL,
    person_id bigint,
    CONSTRAINT crisis_rating_answered CHECK ((((answered_at IS NULL) AND (score IS NULL)) OR ((answered_at IS NOT NULL) AND (score >= 1) AND (score <= 5)))),
    CONSTRAINT crisis_ratingrequest_score_check CHECK ((score >= 0))
);
ALTER TABLE public.crisis_ratingrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_ratingrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_reconciliation (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    date date NOT NULL,
    matched integer NOT NULL,
    differences integer NOT NULL,
    result jsonb NOT NULL,
    file_name character varying(255) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT crisis_reconciliation_differences_check CHECK ((differences >= 0)),
    CONSTRAINT crisis_reconciliation_matched_check CHECK ((matched >= 0))
);
ALTER TABLE public.crisis_reconciliation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_reconciliation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_refund (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    reason character varying(14) NOT NULL,
    status character varying(9) NOT NULL,
    currency character varying(3) NOT NULL,
    due bigint,
    amount bigint,
    calculation jsonb,
    why_other character varying(300) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    due_at timestamp with time zone,
    paid_at timestamp with time zone,
    approved_by_id bigint,
    case_id bigint NOT NULL,
    contract_id bigint,
    counted_by_id bigint,
    payout_id bigint,
    started_by_id bigint,
    CONSTRAINT crisis_refund_amounts CHECK ((((amount IS NULL) OR (amount >= 0)) AND ((due IS NULL) OR (due >= 0)))),
    CONSTRAINT crisis_refund_done_is_counted CHECK (((NOT ((status)::text = 'done'::text)) OR ((amount IS NOT NULL) AND (paid_at IS NOT NULL)))),
    CONSTRAINT crisis_refund_second_person CHECK (((approved_by_id IS NULL) OR (counted_by_id IS NULL) OR (NOT ((approved_by_id = counted_by_id) AND (approved_by_id IS NOT NULL) AND (counted_by_id IS NOT NULL)))))
);
ALTER TABLE public.crisis_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_retentionpolicy (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    one smallint NOT NULL,
    messages_months smallint NOT NULL,
    attachments_months smallint NOT NULL,
    names_months smallint NOT NULL,
    CONSTRAINT crisis_retention_at_least_a_month CHECK (((attachments_months >= 1) AND (messages_months >= 1) AND (names_months >= 1))),
    CONSTRAINT crisis_retention_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT crisis_retentionpolicy_attachments_months_check CHECK ((attachments_months >= 0)),
    CONSTRAINT crisis_retentionpolicy_messages_months_check CHECK ((messages_months >= 0)),
    CONSTRAINT crisis_retentionpolicy_names_months_check CHECK ((names_months >= 0)),
    CONSTRAINT crisis_retentionpolicy_one_check CHECK ((one >= 0))
);
ALTER TABLE public.crisis_retentionpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_retentionpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_skillholding (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    person_id bigint NOT NULL,
    skill_id bigint NOT NULL,
    CONSTRAINT crisis_skill_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.crisis_skillholding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_skillholding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_toolrule (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    tool smallint NOT NULL,
    certificate_code character varying(60) NOT NULL,
    CONSTRAINT crisis_tool_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT crisis_toolrule_tool_check CHECK ((tool >= 0))
);
ALTER TABLE public.crisis_toolrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_toolrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_trainingwish (
    id bigint NOT NULL,
    certificate_code character varying(60) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    case_id bigint,
    person_id bigint NOT NULL
);
ALTER TABLE public.crisis_trainingwish ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_trainingwish_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.crisis_workinterval (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    weekday smallint NOT NULL,
    begins smallint NOT NULL,
    ends smallint NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT crisis_interval_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT crisis_interval_valid CHECK (((weekday <= 6) AND (ends <= 1440) AND (ends > begins))),
    CONSTRAINT crisis_workinterval_begins_check CHECK ((begins >= 0)),
    CONSTRAINT crisis_workinterval_ends_check CHECK ((ends >= 0)),
    CONSTRAINT crisis_workinterval_weekday_check CHECK ((weekday >= 0))
);
ALTER TABLE public.crisis_workinterval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crisis_workinterval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.kernel_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.kernel_journalentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id bigint,
    actor_name character varying(200) NOT NULL,
    kind character varying(120) NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint,
    person_id bigint,
    reason text NOT NULL,
    data jsonb NOT NULL
);
ALTER TABLE public.kernel_journalentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_journalentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kernel_longtask (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    kind character varying(80) NOT NULL,
    title character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    done bigint NOT NULL,
    total bigint,
    note character varying(300) NOT NULL,
    error text NOT NULL,
    result_url character varying(300) NOT NULL,
    owner_id bigint,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    seen_at timestamp with time zone,
    error_params jsonb NOT NULL
);
ALTER TABLE public.kernel_longtask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_longtask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kernel_outboxevent (
    id bigint NOT NULL,
    kind character varying(120) NOT NULL,
    payload jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone
);
ALTER TABLE public.kernel_outboxevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_outboxevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kernel_reaction (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    reacted_at timestamp with time zone NOT NULL,
    event_id bigint NOT NULL
);
ALTER TABLE public.kernel_reaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_reaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_attendance (
    id bigint NOT NULL,
    mark character varying(10) NOT NULL,
    by_code boolean NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    marked_by_id bigint,
    person_id bigint NOT NULL,
    session_id bigint NOT NULL
);
ALTER TABLE public.learning_attendance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_attendance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_booking (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    state character varying(10) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    reason character varying(300) NOT NULL,
    made_by_id bigint,
    person_id bigint NOT NULL,
    team_id bigint,
    session_id bigint NOT NULL
);
ALTER TABLE public.learning_booking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_booking_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_calendarfeed (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    read_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.learning_calendarfeed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_calendarfeed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_certificate (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    number character varying(32) NOT NULL,
    cycle integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    window_from date,
    grace_until date,
    evidence jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    awarded_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revocation_reason character varying(300) NOT NULL,
    awarded_by_id bigint,
    person_id bigint NOT NULL,
    revoked_by_id bigint,
    kind_id bigint NOT NULL,
    CONSTRAINT learning_cert_days CHECK ((((grace_until IS NULL) AND (valid_to IS NULL) AND (window_from IS NULL)) OR ((grace_until >= valid_to) AND (valid_to > valid_from) AND (window_from <= valid_to)))),
    CONSTRAINT learning_cert_revoked_why CHECK (((((revocation_reason)::text = ''::text) AND (revoked_at IS NULL)) OR ((revoked_at IS NOT NULL) AND (NOT ((revocation_reason)::text = ''::text))))),
    CONSTRAINT learning_certificate_cycle_check CHECK ((cycle >= 0))
);
ALTER TABLE public.learning_certificate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_certificate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_certificatekind (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(160) NOT NULL,
    title_en character varying(160) NOT NULL,
    valid_months smallint,
    expiry_month smallint,
    window_days smallint NOT NULL,
    grace_days smallint NOT NULL,
    renewal_from character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT learning_certificatekind_expiry_month_check CHECK ((expiry_month >= 0)),
    CONSTRAINT learning_certificatekind_grace_days_check CHECK ((grace_days >= 0)),
    CONSTRAINT learning_certificatekind_valid_months_check CHECK ((valid_months >= 0)),
    CONSTRAINT learning_certificatekind_window_days_check CHECK ((window_days >= 0)),
    CONSTRAINT learning_kind_expiry_month CHECK (((expiry_month IS NULL) OR ((expiry_month >= 1) AND (expiry_month <= 12) AND (valid_months IS NOT NULL)))),
    CONSTRAINT learning_kind_months CHECK (((valid_months IS NULL) OR ((valid_months >= 1) AND (valid_months <= 240))))
);
CREATE TABLE public.learning_certificatekind_contact_types (
    id bigint NOT NULL,
    certificatekind_id bigint CONSTRAINT learning_certificatekind_contact_ty_certificatekind_id_not_null NOT NULL,
    contacttype_id bigint NOT NULL
);
ALTER TABLE public.learning_certificatekind_contact_types ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_certificatekind_contact_types_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.learning_certificatekind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_certificatekind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_certificateturn (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    told_at timestamp with time zone NOT NULL,
    certificate_id bigint NOT NULL
);
ALTER TABLE public.learning_certificateturn ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_certificateturn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_contacttype (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(160) NOT NULL,
    title_en character varying(160) NOT NULL,
    needed_from date NOT NULL,
    line_id bigint
);
ALTER TABLE public.learning_contacttype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_contacttype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_dispatch (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    day date NOT NULL,
    is_digest boolean NOT NULL,
    state character varying(10) NOT NULL,
    subject character varying(200) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    outcome character varying(300) NOT NULL,
    log jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    person_id bigint NOT NULL,
    CONSTRAINT learning_dispatch_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.learning_dispatch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_dispatch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_enrolment (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    cycle smallint NOT NULL,
    path character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    source character varying(12) NOT NULL,
    why jsonb NOT NULL,
    begins_date date NOT NULL,
    due_date date NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    lacks jsonb NOT NULL,
    evaluated_at timestamp with time zone,
    enrolled_by_id bigint,
    person_id bigint NOT NULL,
    intake_id bigint,
    programme_id bigint NOT NULL,
    version_id bigint NOT NULL,
    stage_id bigint,
    CONSTRAINT learning_due_after_begin CHECK ((due_date >= begins_date)),
    CONSTRAINT learning_ended_says_when CHECK ((((ended_at IS NULL) AND ((state)::text = ANY (ARRAY[('active'::character varying)::text, ('paused'::character varying)::text]))) OR ((ended_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('finished'::character varying)::text, ('closed'::character varying)::text]))))),
    CONSTRAINT learning_enrolment_cycle_check CHECK ((cycle >= 0))
);
ALTER TABLE public.learning_enrolment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_enrolmentevent (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    stage_key character varying(40) NOT NULL,
    version_number integer NOT NULL,
    reason text NOT NULL,
    data jsonb NOT NULL,
    by_id bigint,
    enrolment_id bigint NOT NULL,
    CONSTRAINT learning_enrolmentevent_version_number_check CHECK ((version_number >= 0))
);
ALTER TABLE public.learning_enrolmentevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_enrolmentevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_frozenitem (
    id bigint NOT NULL,
    due_date date NOT NULL,
    person_id bigint NOT NULL,
    team_id bigint,
    item_id bigint NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.learning_frozenitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_frozenitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_intake (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    title character varying(120) NOT NULL,
    starts_date date NOT NULL,
    seats smallint,
    programme_id bigint NOT NULL,
    CONSTRAINT learning_intake_seats_check CHECK ((seats >= 0))
);
ALTER TABLE public.learning_intake ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_intake_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_livesession (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    link character varying(500) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    capacity smallint NOT NULL,
    minimum smallint NOT NULL,
    team_quota smallint,
    is_open boolean NOT NULL,
    for_partners boolean NOT NULL,
    state character varying(10) NOT NULL,
    booked smallint NOT NULL,
    note character varying(500) NOT NULL,
    cancelled_because character varying(300) NOT NULL,
    revision integer NOT NULL,
    trainer_id bigint NOT NULL,
    room_id bigint,
    kind_id bigint NOT NULL,
    CONSTRAINT learning_livesession_booked_check CHECK ((booked >= 0)),
    CONSTRAINT learning_livesession_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT learning_livesession_minimum_check CHECK ((minimum >= 0)),
    CONSTRAINT learning_livesession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT learning_livesession_team_quota_check CHECK ((team_quota >= 0)),
    CONSTRAINT learning_session_closes CHECK ((closes_at <= starts_at)),
    CONSTRAINT learning_session_hours CHECK ((ends_at > starts_at)),
    CONSTRAINT learning_session_seats CHECK ((booked <= capacity)),
    CONSTRAINT learning_session_somewhere CHECK (((room_id IS NOT NULL) OR (NOT ((link)::text = ''::text))))
);
ALTER TABLE public.learning_livesession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_livesession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_notice (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    kind character varying(14) NOT NULL,
    title character varying(200) NOT NULL,
    body character varying(500) NOT NULL,
    params jsonb NOT NULL,
    url character varying(300) NOT NULL,
    object_key character varying(120) NOT NULL,
    is_urgent boolean NOT NULL,
    day date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    needs_action boolean NOT NULL,
    settled_at timestamp with time zone,
    rung smallint NOT NULL,
    about_id bigint,
    copy_of_id bigint,
    dispatch_id bigint,
    owner_id bigint,
    person_id bigint NOT NULL,
    CONSTRAINT learning_notice_rung_check CHECK ((rung >= 0))
);
ALTER TABLE public.learning_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_noticepreferences (
    id bigint NOT NULL,
    quiet_from time without time zone NOT NULL,
    quiet_to time without time zone NOT NULL,
    without_mail character varying(14)[] NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.learning_noticepreferences ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_noticepreferences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_panelmark (
    id bigint NOT NULL,
    activity_key character varying(40) NOT NULL,
    points jsonb NOT NULL,
    percent double precision NOT NULL,
    comment text NOT NULL,
    at timestamp with time zone NOT NULL,
    enrolment_id bigint NOT NULL,
    judge_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    CONSTRAINT learning_mark_is_percent CHECK (((percent >= (0.0)::double precision) AND (percent <= (100.0)::double precision)))
);
ALTER TABLE public.learning_panelmark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_panelmark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_pause (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    kind character varying(10) NOT NULL,
    reason character varying(200) NOT NULL,
    enrolment_id bigint NOT NULL,
    CONSTRAINT learning_pause_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.learning_pause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_permit (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    public_id character varying(32) NOT NULL,
    source character varying(12) NOT NULL,
    evidence jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawal_reason character varying(300) NOT NULL,
    certificate_id bigint,
    contact_type_id bigint NOT NULL,
    granted_by_id bigint,
    person_id bigint NOT NULL,
    withdrawn_by_id bigint,
    CONSTRAINT learning_permit_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT learning_permit_has_ground CHECK ((((certificate_id IS NOT NULL) AND ((source)::text = 'certificate'::text)) OR ((certificate_id IS NULL) AND ((source)::text = 'decision'::text) AND (NOT ((reason)::text = ''::text))))),
    CONSTRAINT learning_permit_withdrawn_why CHECK (((((withdrawal_reason)::text = ''::text) AND (withdrawn_at IS NULL)) OR ((withdrawn_at IS NOT NULL) AND (NOT ((withdrawal_reason)::text = ''::text)))))
);
ALTER TABLE public.learning_permit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_permit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_planitem (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    activity_key character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    reference character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    minutes smallint NOT NULL,
    is_required boolean NOT NULL,
    source character varying(12) NOT NULL,
    why jsonb NOT NULL,
    due_date date NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    dropped_at timestamp with time zone,
    dropped_reason character varying(200) NOT NULL,
    enrolment_id bigint,
    person_id bigint NOT NULL,
    stage_id bigint,
    CONSTRAINT learning_done_is_not_dropped CHECK (((done_at IS NULL) OR (dropped_at IS NULL))),
    CONSTRAINT learning_planitem_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT learning_planitem_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.learning_planitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_planitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_planversion (
    id bigint NOT NULL,
    month_date date NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    frozen_by_id bigint
);
ALTER TABLE public.learning_planversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_planversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_programme (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    purpose text NOT NULL,
    branch character varying(12) NOT NULL,
    is_open boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id bigint,
    CONSTRAINT learning_programme_has_title CHECK ((NOT ((title)::text = ''::text)))
);
ALTER TABLE public.learning_programme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_programme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_programmeversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    certificate character varying(60) NOT NULL,
    note character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    made_by_id bigint,
    programme_id bigint NOT NULL,
    CONSTRAINT learning_programmeversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.learning_programmeversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_programmeversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_proof (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    file_name character varying(255) NOT NULL,
    media_type character varying(40) NOT NULL,
    content bytea NOT NULL,
    provider character varying(200) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    comment character varying(300) NOT NULL,
    decided_by_id bigint,
    item_id bigint NOT NULL,
    CONSTRAINT learning_decided_proof_says_when CHECK ((((decided_at IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (decided_at IS NOT NULL))))
);
ALTER TABLE public.learning_proof ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_proof_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_room (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    place character varying(200) NOT NULL,
    seats smallint NOT NULL,
    time_zone character varying(60) NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT learning_room_seats_check CHECK ((seats >= 0))
);
ALTER TABLE public.learning_room ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_room_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_sessionkind (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    public_id character varying(32) NOT NULL,
    minutes smallint NOT NULL,
    capacity smallint NOT NULL,
    minimum smallint NOT NULL,
    description text NOT NULL,
    is_active boolean NOT NULL,
    needs_approval boolean NOT NULL,
    CONSTRAINT learning_kind_minutes CHECK (((minutes >= 5) AND (minutes <= 720))),
    CONSTRAINT learning_sessionkind_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT learning_sessionkind_minimum_check CHECK ((minimum >= 0)),
    CONSTRAINT learning_sessionkind_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.learning_sessionkind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_sessionkind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_signoff (
    id bigint NOT NULL,
    role character varying(30) NOT NULL,
    approved boolean NOT NULL,
    comment text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    CONSTRAINT learning_refusal_says_why CHECK ((approved OR (NOT (comment = ''::text))))
);
ALTER TABLE public.learning_signoff ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_signoff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_stage (
    id bigint NOT NULL,
    path character varying(10) NOT NULL,
    "position" smallint NOT NULL,
    key character varying(40) NOT NULL,
    title character varying(200) NOT NULL,
    kind character varying(10) NOT NULL,
    due_days smallint NOT NULL,
    gate jsonb NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT learning_stage_due_days_check CHECK ((due_days >= 0)),
    CONSTRAINT learning_stage_has_due_rule CHECK (((due_days >= 1) AND (due_days <= 400))),
    CONSTRAINT learning_stage_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.learning_stage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_stage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_stageactivity (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(10) NOT NULL,
    reference character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    minutes smallint NOT NULL,
    is_required boolean NOT NULL,
    rubric jsonb NOT NULL,
    stage_id bigint NOT NULL,
    CONSTRAINT learning_activity_named CHECK ((((kind)::text = ANY (ARRAY[('task'::character varying)::text, ('external'::character varying)::text, ('panel'::character varying)::text])) OR (NOT ((reference)::text = ''::text)))),
    CONSTRAINT learning_stageactivity_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT learning_stageactivity_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.learning_stageactivity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_stageactivity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_stagepassage (
    id bigint NOT NULL,
    due_date date NOT NULL,
    entered_at timestamp with time zone,
    passed_at timestamp with time zone,
    enrolment_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    CONSTRAINT learning_passed_was_entered CHECK (((passed_at IS NULL) OR (entered_at IS NOT NULL)))
);
ALTER TABLE public.learning_stagepassage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_stagepassage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_topicremedy (
    id bigint NOT NULL,
    course_id bigint NOT NULL,
    topic_id bigint NOT NULL
);
ALTER TABLE public.learning_topicremedy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_topicremedy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_trigger (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    title character varying(200) NOT NULL,
    branch character varying(12) NOT NULL,
    rule jsonb NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    intake_id bigint,
    programme_id bigint NOT NULL,
    CONSTRAINT learning_trigger_has_title CHECK ((NOT ((title)::text = ''::text)))
);
ALTER TABLE public.learning_trigger ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_trigger_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_triggerhit (
    id bigint NOT NULL,
    occasion character varying(80) NOT NULL,
    outcome character varying(10) NOT NULL,
    why jsonb NOT NULL,
    enrolment_id bigint,
    person_id bigint NOT NULL,
    trigger_id bigint NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT learning_hit_has_enrolment CHECK ((((enrolment_id IS NOT NULL) AND ((outcome)::text = 'enrolled'::text)) OR (NOT ((outcome)::text = 'enrolled'::text))))
);
ALTER TABLE public.learning_triggerhit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_triggerhit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_triggerrun (
    id bigint NOT NULL,
    day_date date NOT NULL,
    ran_at timestamp with time zone NOT NULL,
    looked_at integer NOT NULL,
    enrolled integer NOT NULL,
    left_out integer NOT NULL,
    by_id bigint,
    trigger_id bigint NOT NULL,
    CONSTRAINT learning_triggerrun_enrolled_check CHECK ((enrolled >= 0)),
    CONSTRAINT learning_triggerrun_left_out_check CHECK ((left_out >= 0)),
    CONSTRAINT learning_triggerrun_looked_at_check CHECK ((looked_at >= 0))
);
ALTER TABLE public.learning_triggerrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_triggerrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.learning_waiver (
    id bigint NOT NULL,
    scope character varying(12) NOT NULL,
    key text NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    enrolment_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    CONSTRAINT learning_waiver_has_reason CHECK ((NOT (reason = ''::text)))
);
ALTER TABLE public.learning_waiver ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.learning_waiver_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_cell (
    id bigint NOT NULL,
    tally_set character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    start_date date NOT NULL,
    channel smallint NOT NULL,
    n bigint[] NOT NULL,
    total bigint[] NOT NULL,
    squares numeric(40,0)[] NOT NULL,
    grade_id bigint,
    line_id bigint,
    partner_id bigint,
    person_id bigint,
    team_id bigint,
    CONSTRAINT metrics_cell_channel_check CHECK ((channel >= 0))
);
ALTER TABLE public.metrics_cell ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_cell_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_celledition (
    id bigint NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT metrics_one_edition CHECK ((id = 1))
);
ALTER TABLE public.metrics_celledition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_celledition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_factday (
    id bigint NOT NULL,
    stream character varying(40) NOT NULL,
    day date NOT NULL,
    version integer NOT NULL,
    file_name character varying(120) NOT NULL,
    rows integer NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT metrics_factday_rows_check CHECK ((rows >= 0)),
    CONSTRAINT metrics_factday_version_check CHECK ((version >= 0))
);
ALTER TABLE public.metrics_factday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_factday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_importrun (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    stream character varying(40) NOT NULL,
    file_name character varying(255) NOT NULL,
    stored_name character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    spec jsonb NOT NULL,
    options jsonb NOT NULL,
    state character varying(10) NOT NULL,
    read bigint NOT NULL,
    accepted bigint NOT NULL,
    replaced bigint NOT NULL,
    unchanged bigint NOT NULL,
    rejected bigint NOT NULL,
    created_people integer NOT NULL,
    seconds double precision NOT NULL,
    error text NOT NULL,
    errors_name character varying(200) NOT NULL,
    samples jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    started_by_id bigint,
    task_id bigint,
    CONSTRAINT metrics_importrun_created_people_check CHECK ((created_people >= 0))
);
ALTER TABLE public.metrics_importrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_importrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_mapping (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    stream character varying(40) NOT NULL,
    spec jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by_id bigint
);
ALTER TABLE public.metrics_mapping ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_mapping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_talliedday (
    id bigint NOT NULL,
    tally_set character varying(40) NOT NULL,
    day date NOT NULL,
    fingerprint character varying(64) NOT NULL,
    tallied_at timestamp with time zone NOT NULL
);
ALTER TABLE public.metrics_talliedday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_talliedday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_target (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    metric character varying(60) NOT NULL,
    metric_key bigint NOT NULL,
    scope_kind character varying(20) NOT NULL,
    direction character varying(10) NOT NULL,
    floor bigint,
    target bigint NOT NULL,
    stretch bigint,
    min_n integer,
    reason character varying(300) NOT NULL,
    grade_id bigint,
    line_id bigint,
    partner_id bigint,
    person_id bigint,
    team_id bigint,
    CONSTRAINT metrics_floor_before_target CHECK (((((direction)::text = 'higher'::text) AND (floor IS NULL)) OR (((direction)::text = 'higher'::text) AND (floor < target)) OR (((direction)::text = 'lower'::text) AND (floor IS NULL)) OR (((direction)::text = 'lower'::text) AND (floor > target)) OR (((direction)::text = 'band'::text) AND (floor IS NOT NULL) AND (floor < target) AND (stretch IS NULL)))),
    CONSTRAINT metrics_stretch_after_target CHECK (((stretch IS NULL) OR (((direction)::text = 'higher'::text) AND (stretch > target)) OR (((direction)::text = 'lower'::text) AND (stretch < target)))),
    CONSTRAINT metrics_target_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT metrics_target_min_n_check CHECK ((min_n >= 0)),
    CONSTRAINT metrics_target_scope_named CHECK (((((scope_kind)::text = 'organisation'::text) AND (line_id IS NULL) AND (partner_id IS NULL) AND (team_id IS NULL) AND (grade_id IS NULL) AND (person_id IS NULL)) OR (((scope_kind)::text = 'line'::text) AND (line_id IS NOT NULL) AND (partner_id IS NULL) AND (team_id IS NULL) AND (grade_id IS NULL) AND (person_id IS NULL)) OR (((scope_kind)::text = 'partner'::text) AND (line_id IS NULL) AND (partner_id IS NOT NULL) AND (team_id IS NULL) AND (grade_id IS NULL) AND (person_id IS NULL)) OR (((scope_kind)::text = 'team'::text) AND (line_id IS NULL) AND (partner_id IS NULL) AND (team_id IS NOT NULL) AND (grade_id IS NULL) AND (person_id IS NULL)) OR (((scope_kind)::text = 'grade'::text) AND (line_id IS NULL) AND (partner_id IS NULL) AND (team_id IS NULL) AND (grade_id IS NOT NULL) AND (person_id IS NULL)) OR (((scope_kind)::text = 'person'::text) AND (line_id IS NULL) AND (partner_id IS NULL) AND (team_id IS NULL) AND (grade_id IS NULL) AND (person_id IS NOT NULL))))
);
ALTER TABLE public.metrics_target ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.metrics_unitcell (
    id bigint NOT NULL,
    tally_set character varying(40) NOT NULL,
    grain character varying(1) NOT NULL,
    start_date date NOT NULL,
    channel smallint NOT NULL,
    n bigint[] NOT NULL,
    total bigint[] NOT NULL,
    squares numeric(40,0)[] NOT NULL,
    grade_id bigint,
    line_id bigint,
    partner_id bigint,
    team_id bigint,
    CONSTRAINT metrics_unitcell_channel_check CHECK ((channel >= 0))
);
ALTER TABLE public.metrics_unitcell ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_unitcell_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_apikey (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    key_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.people_apikey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_apikey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_calendarday (
    id bigint NOT NULL,
    date date NOT NULL,
    is_working boolean NOT NULL,
    name character varying(120) NOT NULL
);
ALTER TABLE public.people_calendarday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_calendarday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_employment (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    kind character varying(10) NOT NULL,
    leaving_reason character varying(200) NOT NULL,
    person_id bigint NOT NULL,
    partner_id bigint,
    CONSTRAINT people_employment_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT people_partner_named CHECK (((((kind)::text = 'partner'::text) AND (partner_id IS NOT NULL)) OR ((NOT ((kind)::text = 'partner'::text)) AND (partner_id IS NULL))))
);
ALTER TABLE public.people_employment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_employment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_grade (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(80) NOT NULL,
    rank smallint NOT NULL,
    ladder_id bigint NOT NULL,
    name_en character varying(80) NOT NULL,
    CONSTRAINT people_grade_rank_check CHECK ((rank >= 0))
);
ALTER TABLE public.people_grade ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_grade_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_gradeholding (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    grade_id bigint NOT NULL,
    person_id bigint NOT NULL,
    ladder_id bigint NOT NULL,
    CONSTRAINT people_grade_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.people_gradeholding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_gradeholding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_invitation (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    invited_by_id bigint,
    person_id bigint NOT NULL
);
ALTER TABLE public.people_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_ladder (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL
);
ALTER TABLE public.people_ladder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_ladder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_line (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    is_active boolean NOT NULL
);
ALTER TABLE public.people_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_lineclearance (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    mode character varying(20) NOT NULL,
    reason character varying(200) NOT NULL,
    line_id bigint NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT people_clearance_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT people_restriction_has_reason CHECK (((NOT ((mode)::text = 'written_only'::text)) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE public.people_lineclearance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_lineclearance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_organisation (
    id bigint NOT NULL,
    singleton boolean NOT NULL,
    name character varying(200) NOT NULL,
    time_zone character varying(60) NOT NULL,
    language character varying(5) NOT NULL,
    is_demo boolean NOT NULL,
    rank_limit smallint NOT NULL,
    CONSTRAINT people_only_one_organisation CHECK (singleton),
    CONSTRAINT people_organisation_rank_limit_check CHECK ((rank_limit >= 0))
);
ALTER TABLE public.people_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_partner (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    is_active boolean NOT NULL
);
ALTER TABLE public.people_partner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_peopleimport (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    file_name character varying(200) NOT NULL,
    stored_as character varying(200) NOT NULL,
    mapping jsonb NOT NULL,
    as_of date,
    state character varying(10) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    result jsonb NOT NULL,
    uploaded_by_id bigint,
    task_id bigint
);
ALTER TABLE public.people_peopleimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_peopleimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_peoplemapping (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    mapping jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by_id bigint
);
ALTER TABLE public.people_peoplemapping ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_peoplemapping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_person (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    public_id character varying(32) NOT NULL,
    code character varying(40) NOT NULL,
    login character varying(80),
    email character varying(254) NOT NULL,
    family_name character varying(80) NOT NULL,
    given_name character varying(80) NOT NULL,
    patronymic character varying(80) NOT NULL,
    latin_name character varying(200) NOT NULL,
    language character varying(5) NOT NULL,
    time_zone character varying(60) NOT NULL,
    theme character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    hides_rank boolean NOT NULL,
    search_text text NOT NULL,
    sort_key text GENERATED ALWAYS AS (replace(lower(((COALESCE(family_name, ''::character varying))::text || COALESCE((COALESCE(' '::text, ''::text) || COALESCE(((COALESCE(given_name, ''::character varying))::text || COALESCE((COALESCE(' '::text, ''::text) || (COALESCE(patronymic, ''::character varying))::text), ''::text)), ''::text)), ''::text))), 'ё'::text, 'ея'::text)) STORED
);
ALTER TABLE public.people_person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_personalias (
    id bigint NOT NULL,
    value character varying(200) NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.people_personalias ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_personalias_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_post (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL
);
ALTER TABLE public.people_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_postholding (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    person_id bigint NOT NULL,
    post_id bigint NOT NULL,
    CONSTRAINT people_post_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.people_postholding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_postholding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_roleassignment (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    role character varying(30) NOT NULL,
    scope character varying(20) NOT NULL,
    partner_id bigint,
    person_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT people_role_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT people_role_scope_named CHECK ((((partner_id IS NULL) AND ((scope)::text = 'team'::text) AND (team_id IS NOT NULL)) OR ((partner_id IS NOT NULL) AND ((scope)::text = 'partner'::text) AND (team_id IS NULL)) OR ((partner_id IS NULL) AND ((scope)::text = ANY (ARRAY[('organisation'::character varying)::text, ('self'::character varying)::text])) AND (team_id IS NULL))))
);
ALTER TABLE public.people_roleassignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_roleassignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_team (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    is_active boolean NOT NULL,
    line_id bigint,
    partner_id bigint
);
ALTER TABLE public.people_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_teamleadership (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    person_id bigint NOT NULL,
    team_id bigint NOT NULL,
    CONSTRAINT people_lead_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.people_teamleadership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_teamleadership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_teammembership (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    person_id bigint NOT NULL,
    team_id bigint NOT NULL,
    CONSTRAINT people_member_days CHECK (((active_to IS NULL) OR (active_to > active_from)))
);
ALTER TABLE public.people_teammembership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_teammembership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_guide (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    case_kind character varying(12) NOT NULL,
    stage character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    retired_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT procedures_guide_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.procedures_guide ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_guide_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_guidecheck (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    text character varying(300) NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT procedures_guidecheck_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.procedures_guidecheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_guidecheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_guideversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(200) NOT NULL,
    body text NOT NULL,
    note character varying(300) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    guide_id bigint NOT NULL,
    made_by_id bigint,
    CONSTRAINT procedures_guideversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.procedures_guideversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_guideversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_labelledmessage (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    lang character varying(2) NOT NULL,
    text text NOT NULL,
    text_hash character varying(64) NOT NULL,
    label character varying(12) NOT NULL,
    external_id character varying(120) NOT NULL,
    source character varying(200) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id bigint,
    CONSTRAINT procedures_message_has_text CHECK ((NOT (text = ''::text)))
);
ALTER TABLE public.procedures_labelledmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_labelledmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_lexiconexample (
    id bigint NOT NULL,
    text character varying(500) NOT NULL,
    must_match boolean NOT NULL,
    rule_id bigint NOT NULL
);
ALTER TABLE public.procedures_lexiconexample ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_lexiconexample_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_lexiconrule (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    code character varying(40) NOT NULL,
    role character varying(10) NOT NULL,
    strength smallint NOT NULL,
    pattern text NOT NULL,
    unless text NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT procedures_lexiconrule_position_check CHECK (("position" >= 0)),
    CONSTRAINT procedures_lexiconrule_strength_check CHECK ((strength >= 0)),
    CONSTRAINT procedures_rule_strength CHECK ((strength = ANY (ARRAY[1, 2])))
);
ALTER TABLE public.procedures_lexiconrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_lexiconrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_lexiconversion (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    lang character varying(2) NOT NULL,
    number integer NOT NULL,
    vocabulary text NOT NULL,
    note character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    based_on_id bigint,
    made_by_id bigint,
    published_by_id bigint,
    CONSTRAINT procedures_lexiconversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.procedures_lexiconversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_lexiconversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_missedphrase (
    id bigint NOT NULL,
    public_id character varying(32) NOT NULL,
    lang character varying(2) NOT NULL,
    text text NOT NULL,
    text_hash character varying(64) NOT NULL,
    source character varying(10) NOT NULL,
    times integer NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    label character varying(12) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    proposed_by_id bigint,
    CONSTRAINT procedures_missedphrase_times_check CHECK ((times >= 0)),
    CONSTRAINT procedures_phrase_decided CHECK ((((decided_at IS NULL) AND ((state)::text = 'pending'::text)) OR ((NOT ((state)::text = 'pending'::text)) AND (decided_at IS NOT NULL))))
);
ALTER TABLE public.procedures_missedphrase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_missedphrase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procedures_refusalpolicy (
    id bigint NOT NULL,
    active_from date NOT NULL,
    active_to date,
    public_id character varying(32) NOT NULL,
    number integer NOT NULL,
    max_soft smallint NOT NULL,
    min_soft smallint,
    insist_ends_at_once boolean NOT NULL,
    interrupt_alone_ends boolean NOT NULL,
    refund_start_ms bigint NOT NULL,
    reopen_keeps_count_ms bigint NOT NULL,
    max_offers_per_attempt smallint NOT NULL,
    note character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    line_id bigint,
    made_by_id bigint,
    team_id bigint,
    CONSTRAINT procedures_policy_days CHECK (((active_to IS NULL) OR (active_to > active_from))),
    CONSTRAINT procedures_policy_least_below_most CHECK (((min_soft IS NULL) OR (min_soft <= max_soft))),
    CONSTRAINT procedures_policy_one_scope CHECK (((team_id IS NULL) OR (line_id IS NULL))),
    CONSTRAINT procedures_policy_within_reason CHECK (((max_offers_per_attempt >= 1) AND (max_soft <= 10) AND (refund_start_ms <= '2592000000'::bigint))),
    CONSTRAINT procedures_refusalpolicy_max_offers_per_attempt_check CHECK ((max_offers_per_attempt >= 0)),
    CONSTRAINT procedures_refusalpolicy_max_soft_check CHECK ((max_soft >= 0)),
    CONSTRAINT procedures_refusalpolicy_min_soft_check CHECK ((min_soft >= 0)),
    CONSTRAINT procedures_refusalpolicy_number_check CHECK ((number >= 0)),
    CONSTRAINT procedures_refusalpolicy_refund_start_ms_check CHECK ((refund_start_ms >= 0)),
    CONSTRAINT procedures_refusalpolicy_reopen_keeps_count_ms_check CHECK ((reopen_keeps_count_ms >= 0))
);
ALTER TABLE public.procedures_refusalpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_refusalpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);
ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);
ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_itemalarm
    ADD CONSTRAINT assessment_alarm_once UNIQUE (version_id, form_id, kind);
ALTER TABLE ONLY public.assessment_answer
    ADD CONSTRAINT assessment_answer_once UNIQUE (attempt_id, sequence);
ALTER TABLE ONLY public.assessment_answer
    ADD CONSTRAINT assessment_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_once UNIQUE (attempt_id, "position");
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_once UNIQUE (sitting_id, person_id, number);
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_calibrationrun
    ADD CONSTRAINT assessment_calibrationrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_calibrationrun
    ADD CONSTRAINT assessment_calibrationrun_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_exam
    ADD CONSTRAINT assessment_exam_code_key UNIQUE (code);
ALTER TABLE ONLY public.assessment_exam
    ADD CONSTRAINT assessment_exam_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_exam
    ADD CONSTRAINT assessment_exam_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_exposure
    ADD CONSTRAINT assessment_exposure_once UNIQUE (item_id, month_date);
ALTER TABLE ONLY public.assessment_exposure
    ADD CONSTRAINT assessment_exposure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_formitem
    ADD CONSTRAINT assessment_form_item_once UNIQUE (form_id, item_id);
ALTER TABLE ONLY public.assessment_form
    ADD CONSTRAINT assessment_form_number_once UNIQUE (exam_id, number);
ALTER TABLE ONLY public.assessment_form
    ADD CONSTRAINT assessment_form_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_formitem
    ADD CONSTRAINT assessment_form_place_once UNIQUE (form_id, "position");
ALTER TABLE ONLY public.assessment_form
    ADD CONSTRAINT assessment_form_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_formitem
    ADD CONSTRAINT assessment_formitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_item
    ADD CONSTRAINT assessment_item_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_item
    ADD CONSTRAINT assessment_item_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_itemresult
    ADD CONSTRAINT assessment_item_result_once UNIQUE (result_id, "position");
ALTER TABLE ONLY public.assessment_item_tags
    ADD CONSTRAINT assessment_item_tags_item_id_tag_id_6dd639d6_uniq UNIQUE (item_id, tag_id);
ALTER TABLE ONLY public.assessment_item_tags
    ADD CONSTRAINT assessment_item_tags_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_itemalarm
    ADD CONSTRAINT assessment_itemalarm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_itemalarm
    ADD CONSTRAINT assessment_itemalarm_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_itemimport
    ADD CONSTRAINT assessment_itemimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_itemimport
    ADD CONSTRAINT assessment_itemimport_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_itemresult
    ADD CONSTRAINT assessment_itemresult_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_itemversion
    ADD CONSTRAINT assessment_itemversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_mark
    ADD CONSTRAINT assessment_mark_number_once UNIQUE (answer_id, number);
ALTER TABLE ONLY public.assessment_mark
    ADD CONSTRAINT assessment_mark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_mark
    ADD CONSTRAINT assessment_nobody_marks_twice UNIQUE (answer_id, marker_id);
ALTER TABLE ONLY public.assessment_openanswer
    ADD CONSTRAINT assessment_open_answer_once UNIQUE (attempt_id, "position", part);
ALTER TABLE ONLY public.assessment_openanswer
    ADD CONSTRAINT assessment_openanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_openanswer
    ADD CONSTRAINT assessment_openanswer_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_rescoring
    ADD CONSTRAINT assessment_rescoring_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_rescoring
    ADD CONSTRAINT assessment_rescoring_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_result
    ADD CONSTRAINT assessment_result_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_result
    ADD CONSTRAINT assessment_result_replaces_id_key UNIQUE (replaces_id);
ALTER TABLE ONLY public.assessment_resultfact
    ADD CONSTRAINT assessment_resultfact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_resultfact
    ADD CONSTRAINT assessment_resultfact_result_id_key UNIQUE (result_id);
ALTER TABLE ONLY public.assessment_signal
    ADD CONSTRAINT assessment_signal_once UNIQUE NULLS NOT DISTINCT (attempt_id, other_id, kind);
ALTER TABLE ONLY public.assessment_signal
    ADD CONSTRAINT assessment_signal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_signal
    ADD CONSTRAINT assessment_signal_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_sitting_forms
    ADD CONSTRAINT assessment_sitting_forms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_sitting_forms
    ADD CONSTRAINT assessment_sitting_forms_sitting_id_form_id_7aec3734_uniq UNIQUE (sitting_id, form_id);
ALTER TABLE ONLY public.assessment_sitting
    ADD CONSTRAINT assessment_sitting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_sitting
    ADD CONSTRAINT assessment_sitting_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.assessment_tag
    ADD CONSTRAINT assessment_tag_name_key UNIQUE (name);
ALTER TABLE ONLY public.assessment_tag
    ADD CONSTRAINT assessment_tag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_topic
    ADD CONSTRAINT assessment_topic_once UNIQUE NULLS NOT DISTINCT (parent_id, title);
ALTER TABLE ONLY public.assessment_topic
    ADD CONSTRAINT assessment_topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_itemversion
    ADD CONSTRAINT assessment_version_once UNIQUE (item_id, number);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_activity
    ADD CONSTRAINT content_activity_once UNIQUE (version_id, key);
ALTER TABLE ONLY public.content_activity
    ADD CONSTRAINT content_activity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_activityprogress
    ADD CONSTRAINT content_activity_progress_once UNIQUE (progress_id, key);
ALTER TABLE ONLY public.content_activityprogress
    ADD CONSTRAINT content_activityprogress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_course
    ADD CONSTRAINT content_course_code_key UNIQUE (code);
ALTER TABLE ONLY public.content_course
    ADD CONSTRAINT content_course_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_course
    ADD CONSTRAINT content_course_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.content_courseaccess
    ADD CONSTRAINT content_courseaccess_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_coursefile
    ADD CONSTRAINT content_coursefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_coursefile
    ADD CONSTRAINT content_coursefile_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.content_courseimport
    ADD CONSTRAINT content_courseimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_courseimport
    ADD CONSTRAINT content_courseimport_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.content_courseprogress
    ADD CONSTRAINT content_courseprogress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_courseprogress
    ADD CONSTRAINT content_courseprogress_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.content_courseversion
    ADD CONSTRAINT content_courseversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_coursefile
    ADD CONSTRAINT content_file_name_once UNIQUE (course_id, name);
ALTER TABLE ONLY public.content_activity
    ADD CONSTRAINT content_one_activity_a_place UNIQUE (version_id, "position") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseprogress
    ADD CONSTRAINT content_progress_once_a_cycle UNIQUE (person_id, course_id, cycle);
ALTER TABLE ONLY public.content_submission
    ADD CONSTRAINT content_submission_once UNIQUE (progress_id, key, number);
ALTER TABLE ONLY public.content_submission
    ADD CONSTRAINT content_submission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_submission
    ADD CONSTRAINT content_submission_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.content_surveyanswer
    ADD CONSTRAINT content_survey_answered_once UNIQUE (progress_id, key);
ALTER TABLE ONLY public.content_surveyanswer
    ADD CONSTRAINT content_surveyanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.content_courseversion
    ADD CONSTRAINT content_version_once UNIQUE (course_id, number);
ALTER TABLE ONLY public.crisis_abuseflag
    ADD CONSTRAINT crisis_abuseflag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_ledgeraccount
    ADD CONSTRAINT crisis_account_once UNIQUE NULLS NOT DISTINCT (kind, customer_id, currency);
ALTER TABLE ONLY public.crisis_approval
    ADD CONSTRAINT crisis_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_approval
    ADD CONSTRAINT crisis_approval_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_attachment
    ADD CONSTRAINT crisis_attachment_once UNIQUE (message_id, sha256);
ALTER TABLE ONLY public.crisis_attachment
    ADD CONSTRAINT crisis_attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_attachment
    ADD CONSTRAINT crisis_attachment_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_auditedcase
    ADD CONSTRAINT crisis_auditedcase_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY public.crisis_authoritylimit
    ADD CONSTRAINT crisis_authoritylimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_budget
    ADD CONSTRAINT crisis_budget_no_overlap EXCLUDE USING gist (int8range(COALESCE(team_id, (0)::bigint), COALESCE(team_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(kind_id, (0)::bigint), COALESCE(kind_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_budget
    ADD CONSTRAINT crisis_budget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_budget
    ADD CONSTRAINT crisis_budget_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_caseclock
    ADD CONSTRAINT crisis_caseclock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_caseevent
    ADD CONSTRAINT crisis_caseevent_idem_key UNIQUE (idem);
ALTER TABLE ONLY public.crisis_caseevent
    ADD CONSTRAINT crisis_caseevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_caseimport
    ADD CONSTRAINT crisis_caseimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_caseimport
    ADD CONSTRAINT crisis_caseimport_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_casesource
    ADD CONSTRAINT crisis_casesource_code_key UNIQUE (code);
ALTER TABLE ONLY public.crisis_casesource
    ADD CONSTRAINT crisis_casesource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_casesource
    ADD CONSTRAINT crisis_casesource_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_casestate
    ADD CONSTRAINT crisis_casestate_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY public.crisis_caseclock
    ADD CONSTRAINT crisis_clock_once UNIQUE (case_id, template_id);
ALTER TABLE ONLY public.crisis_clocktemplate
    ADD CONSTRAINT crisis_clocktemplate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefinding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefinding_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_contract
    ADD CONSTRAINT crisis_contract_ext_id_key UNIQUE (ext_id);
ALTER TABLE ONLY public.crisis_contract
    ADD CONSTRAINT crisis_contract_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_contract
    ADD CONSTRAINT crisis_contract_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_conversation
    ADD CONSTRAINT crisis_conversation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_conversation
    ADD CONSTRAINT crisis_conversation_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_number_key UNIQUE (number);
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_customer
    ADD CONSTRAINT crisis_customer_ext_id_key UNIQUE (ext_id);
ALTER TABLE ONLY public.crisis_customer
    ADD CONSTRAINT crisis_customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_customer
    ADD CONSTRAINT crisis_customer_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_deskday
    ADD CONSTRAINT crisis_desk_day_once UNIQUE (calendar_id, date);
ALTER TABLE ONLY public.crisis_deskcalendar
    ADD CONSTRAINT crisis_deskcalendar_code_key UNIQUE (code);
ALTER TABLE ONLY public.crisis_deskcalendar
    ADD CONSTRAINT crisis_deskcalendar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_deskday
    ADD CONSTRAINT crisis_deskday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_deskshift
    ADD CONSTRAINT crisis_deskshift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_deskskill
    ADD CONSTRAINT crisis_deskskill_code_key UNIQUE (code);
ALTER TABLE ONLY public.crisis_deskskill
    ADD CONSTRAINT crisis_deskskill_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_duplicatecandidate
    ADD CONSTRAINT crisis_duplicatecandidate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_duplicatecandidate
    ADD CONSTRAINT crisis_duplicatecandidate_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_duplicatecandidate
    ADD CONSTRAINT crisis_duplicatecandidate_second_id_key UNIQUE (second_id);
ALTER TABLE ONLY public.crisis_escalationstep
    ADD CONSTRAINT crisis_escalationstep_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.crisis_escalationstep
    ADD CONSTRAINT crisis_escalationstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_caseevent
    ADD CONSTRAINT crisis_event_number_once UNIQUE (case_id, seq);
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_finding_once UNIQUE (case_id, code, event_id);
ALTER TABLE ONLY public.crisis_abuseflag
    ADD CONSTRAINT crisis_flag_once UNIQUE (offer_id, sign);
ALTER TABLE ONLY public.crisis_workinterval
    ADD CONSTRAINT crisis_intervals_apart EXCLUDE USING gist (int8range(calendar_id, calendar_id, '[]'::text) WITH &&, int8range((weekday)::bigint, (weekday)::bigint, '[]'::text) WITH &&, int4range((begins)::integer, (ends)::integer, '[)'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_ladderrung
    ADD CONSTRAINT crisis_ladderrung_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_ladderrung
    ADD CONSTRAINT crisis_ladderrung_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_ledgeraccount
    ADD CONSTRAINT crisis_ledgeraccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_ledgeraccount
    ADD CONSTRAINT crisis_ledgeraccount_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_idem_key UNIQUE (idem);
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_reverses_id_key UNIQUE (reverses_id);
ALTER TABLE ONLY public.crisis_ledgerposting
    ADD CONSTRAINT crisis_ledgerposting_pkey PRIMARY KEY (entry_id, n);
ALTER TABLE ONLY public.crisis_authoritylimit
    ADD CONSTRAINT crisis_limit_no_overlap EXCLUDE USING gist (int8range(COALESCE(grade_id, (0)::bigint), COALESCE(grade_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(kind_id, (0)::bigint), COALESCE(kind_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_matrixrow
    ADD CONSTRAINT crisis_matrix_no_overlap EXCLUDE USING gist (int8range(COALESCE(slot, (0)::bigint), COALESCE(slot, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(kind_id, (0)::bigint), COALESCE(kind_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_matrixrow
    ADD CONSTRAINT crisis_matrixrow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_message
    ADD CONSTRAINT crisis_message_number_once UNIQUE (conversation_id, n);
ALTER TABLE ONLY public.crisis_message
    ADD CONSTRAINT crisis_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_offerkind
    ADD CONSTRAINT crisis_offerkind_code_key UNIQUE (code);
ALTER TABLE ONLY public.crisis_offerkind
    ADD CONSTRAINT crisis_offerkind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_offerkind
    ADD CONSTRAINT crisis_offerkind_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_retentionpolicy
    ADD CONSTRAINT crisis_one_retention_policy EXCLUDE USING gist (int8range((COALESCE((one)::integer, 0))::bigint, (COALESCE((one)::integer, 0))::bigint, '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_once UNIQUE (provider, ref);
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_payment_id_key UNIQUE (payment_id);
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_ratingrequest
    ADD CONSTRAINT crisis_ratingrequest_conversation_id_key UNIQUE (conversation_id);
ALTER TABLE ONLY public.crisis_ratingrequest
    ADD CONSTRAINT crisis_ratingrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_ratingrequest
    ADD CONSTRAINT crisis_ratingrequest_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_reconciliation
    ADD CONSTRAINT crisis_reconciliation_once UNIQUE (provider, date);
ALTER TABLE ONLY public.crisis_reconciliation
    ADD CONSTRAINT crisis_reconciliation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_payout_id_key UNIQUE (payout_id);
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.crisis_retentionpolicy
    ADD CONSTRAINT crisis_retentionpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_ladderrung
    ADD CONSTRAINT crisis_rung_no_overlap EXCLUDE USING gist (int8range((COALESCE(("position")::integer, 0))::bigint, (COALESCE(("position")::integer, 0))::bigint, '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_skillholding
    ADD CONSTRAINT crisis_skill_no_overlap EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(skill_id, (0)::bigint), COALESCE(skill_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_skillholding
    ADD CONSTRAINT crisis_skillholding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_clocktemplate
    ADD CONSTRAINT crisis_template_no_overlap EXCLUDE USING gist (int8range((hashtext((code)::text))::bigint, (hashtext((code)::text))::bigint, '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_toolrule
    ADD CONSTRAINT crisis_tool_no_overlap EXCLUDE USING gist (int8range((COALESCE((tool)::integer, 0))::bigint, (COALESCE((tool)::integer, 0))::bigint, '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.crisis_toolrule
    ADD CONSTRAINT crisis_toolrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_trainingwish
    ADD CONSTRAINT crisis_trainingwish_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_workinterval
    ADD CONSTRAINT crisis_workinterval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.kernel_cache
    ADD CONSTRAINT kernel_cache_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.kernel_journalentry
    ADD CONSTRAINT kernel_journalentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_longtask
    ADD CONSTRAINT kernel_longtask_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_longtask
    ADD CONSTRAINT kernel_longtask_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.kernel_reaction
    ADD CONSTRAINT kernel_one_reaction_per_event UNIQUE (event_id, name);
ALTER TABLE ONLY public.kernel_outboxevent
    ADD CONSTRAINT kernel_outboxevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_reaction
    ADD CONSTRAINT kernel_reaction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_stageactivity
    ADD CONSTRAINT learning_activity_key UNIQUE (stage_id, key);
ALTER TABLE ONLY public.learning_stageactivity
    ADD CONSTRAINT learning_activity_place UNIQUE (stage_id, "position") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_attendance
    ADD CONSTRAINT learning_attendance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_attendance
    ADD CONSTRAINT learning_attended_once UNIQUE (session_id, person_id);
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_booking_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_booking_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_calendarfeed
    ADD CONSTRAINT learning_calendarfeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_calendarfeed
    ADD CONSTRAINT learning_calendarfeed_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_number_key UNIQUE (number);
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_certificatekind_contact_types
    ADD CONSTRAINT learning_certificatekind_certificatekind_id_conta_3968a9cf_uniq UNIQUE (certificatekind_id, contacttype_id);
ALTER TABLE ONLY public.learning_certificatekind
    ADD CONSTRAINT learning_certificatekind_code_key UNIQUE (code);
ALTER TABLE ONLY public.learning_certificatekind_contact_types
    ADD CONSTRAINT learning_certificatekind_contact_types_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_certificatekind
    ADD CONSTRAINT learning_certificatekind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_certificatekind
    ADD CONSTRAINT learning_certificatekind_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_certificateturn
    ADD CONSTRAINT learning_certificateturn_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_contacttype
    ADD CONSTRAINT learning_contacttype_code_key UNIQUE (code);
ALTER TABLE ONLY public.learning_contacttype
    ADD CONSTRAINT learning_contacttype_line_id_key UNIQUE (line_id);
ALTER TABLE ONLY public.learning_contacttype
    ADD CONSTRAINT learning_contacttype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_contacttype
    ADD CONSTRAINT learning_contacttype_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_cycle_once UNIQUE (person_id, programme_id, cycle);
ALTER TABLE ONLY public.learning_dispatch
    ADD CONSTRAINT learning_dispatch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_enrolmentevent
    ADD CONSTRAINT learning_enrolmentevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_frozenitem
    ADD CONSTRAINT learning_frozen_once UNIQUE (version_id, item_id);
ALTER TABLE ONLY public.learning_frozenitem
    ADD CONSTRAINT learning_frozenitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_intake
    ADD CONSTRAINT learning_intake_once UNIQUE (programme_id, title);
ALTER TABLE ONLY public.learning_intake
    ADD CONSTRAINT learning_intake_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_intake
    ADD CONSTRAINT learning_intake_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_panelmark
    ADD CONSTRAINT learning_judge_marks_once UNIQUE (enrolment_id, stage_id, activity_key, judge_id);
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_livesession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_livesession_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_noticepreferences
    ADD CONSTRAINT learning_noticepreferences_person_id_key UNIQUE (person_id);
ALTER TABLE ONLY public.learning_noticepreferences
    ADD CONSTRAINT learning_noticepreferences_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_triggerhit
    ADD CONSTRAINT learning_occasion_once UNIQUE (trigger_id, person_id, occasion);
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_one_cert_a_cycle UNIQUE (person_id, kind_id, cycle);
ALTER TABLE ONLY public.learning_pause
    ADD CONSTRAINT learning_one_pause_at_a_time EXCLUDE USING gist (int8range(COALESCE(enrolment_id, (0)::bigint), COALESCE(enrolment_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_one_permit_a_source EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(contact_type_id, (0)::bigint), COALESCE(contact_type_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(certificate_id, (0)::bigint), COALESCE(certificate_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&) WHERE ((withdrawn_at IS NULL));
ALTER TABLE ONLY public.learning_certificateturn
    ADD CONSTRAINT learning_one_turn_a_state UNIQUE (certificate_id, state);
ALTER TABLE ONLY public.learning_panelmark
    ADD CONSTRAINT learning_panelmark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_stagepassage
    ADD CONSTRAINT learning_passage_once UNIQUE (enrolment_id, stage_id);
ALTER TABLE ONLY public.learning_pause
    ADD CONSTRAINT learning_pause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_person_once EXCLUDE USING gist (int8range(person_id, person_id, '[]'::text) WITH &&, tstzrange(starts_at, ends_at, '[)'::text) WITH &&) WHERE (((state)::text = 'booked'::text));
ALTER TABLE ONLY public.learning_planitem
    ADD CONSTRAINT learning_planitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_planitem
    ADD CONSTRAINT learning_planitem_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_planversion
    ADD CONSTRAINT learning_planversion_month_date_key UNIQUE (month_date);
ALTER TABLE ONLY public.learning_planversion
    ADD CONSTRAINT learning_planversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_programme
    ADD CONSTRAINT learning_programme_code_key UNIQUE (code);
ALTER TABLE ONLY public.learning_programme
    ADD CONSTRAINT learning_programme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_programme
    ADD CONSTRAINT learning_programme_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_programmeversion
    ADD CONSTRAINT learning_programmeversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_proof
    ADD CONSTRAINT learning_proof_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_proof
    ADD CONSTRAINT learning_proof_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_room
    ADD CONSTRAINT learning_room_code_key UNIQUE (code);
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_room_once EXCLUDE USING gist (int8range(room_id, room_id, '[]'::text) WITH &&, tstzrange(starts_at, ends_at, '[)'::text) WITH &&) WHERE (((room_id IS NOT NULL) AND (NOT ((state)::text = 'cancelled'::text))));
ALTER TABLE ONLY public.learning_room
    ADD CONSTRAINT learning_room_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_sessionkind
    ADD CONSTRAINT learning_sessionkind_code_key UNIQUE (code);
ALTER TABLE ONLY public.learning_sessionkind
    ADD CONSTRAINT learning_sessionkind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_sessionkind
    ADD CONSTRAINT learning_sessionkind_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_signoff
    ADD CONSTRAINT learning_signoff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_stage
    ADD CONSTRAINT learning_stage_key UNIQUE (version_id, path, key);
ALTER TABLE ONLY public.learning_stage
    ADD CONSTRAINT learning_stage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_stage
    ADD CONSTRAINT learning_stage_place UNIQUE (version_id, path, "position") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_stageactivity
    ADD CONSTRAINT learning_stageactivity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_stagepassage
    ADD CONSTRAINT learning_stagepassage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_told_once_a_day UNIQUE NULLS NOT DISTINCT (person_id, kind, object_key, day, about_id);
ALTER TABLE ONLY public.learning_topicremedy
    ADD CONSTRAINT learning_topicremedy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_topicremedy
    ADD CONSTRAINT learning_topicremedy_topic_id_key UNIQUE (topic_id);
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_trainer_once EXCLUDE USING gist (int8range(trainer_id, trainer_id, '[]'::text) WITH &&, tstzrange(starts_at, ends_at, '[)'::text) WITH &&) WHERE ((NOT ((state)::text = 'cancelled'::text)));
ALTER TABLE ONLY public.learning_trigger
    ADD CONSTRAINT learning_trigger_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_trigger
    ADD CONSTRAINT learning_trigger_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.learning_triggerhit
    ADD CONSTRAINT learning_triggerhit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_triggerrun
    ADD CONSTRAINT learning_triggerrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.learning_programmeversion
    ADD CONSTRAINT learning_version_once UNIQUE (programme_id, number);
ALTER TABLE ONLY public.learning_waiver
    ADD CONSTRAINT learning_waiver_once UNIQUE (enrolment_id, stage_id, scope, key);
ALTER TABLE ONLY public.learning_waiver
    ADD CONSTRAINT learning_waiver_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_cell
    ADD CONSTRAINT metrics_cell_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_celledition
    ADD CONSTRAINT metrics_celledition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_factday
    ADD CONSTRAINT metrics_factday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_importrun
    ADD CONSTRAINT metrics_importrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_importrun
    ADD CONSTRAINT metrics_importrun_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.metrics_mapping
    ADD CONSTRAINT metrics_mapping_name_key UNIQUE (name);
ALTER TABLE ONLY public.metrics_mapping
    ADD CONSTRAINT metrics_mapping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_cell
    ADD CONSTRAINT metrics_one_cell UNIQUE NULLS NOT DISTINCT (tally_set, grain, start_date, person_id, line_id, channel, team_id, grade_id, partner_id);
ALTER TABLE ONLY public.metrics_factday
    ADD CONSTRAINT metrics_one_file_per_day UNIQUE (stream, day);
ALTER TABLE ONLY public.metrics_talliedday
    ADD CONSTRAINT metrics_one_tally_per_day UNIQUE (tally_set, day);
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_one_target_at_a_time EXCLUDE USING gist (int8range(COALESCE(metric_key, (0)::bigint), COALESCE(metric_key, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(line_id, (0)::bigint), COALESCE(line_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(partner_id, (0)::bigint), COALESCE(partner_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(team_id, (0)::bigint), COALESCE(team_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(grade_id, (0)::bigint), COALESCE(grade_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.metrics_unitcell
    ADD CONSTRAINT metrics_one_unit_cell UNIQUE NULLS NOT DISTINCT (tally_set, grain, start_date, line_id, channel, team_id, grade_id, partner_id);
ALTER TABLE ONLY public.metrics_talliedday
    ADD CONSTRAINT metrics_talliedday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics_unitcell
    ADD CONSTRAINT metrics_unitcell_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_apikey
    ADD CONSTRAINT people_apikey_key_hash_key UNIQUE (key_hash);
ALTER TABLE ONLY public.people_apikey
    ADD CONSTRAINT people_apikey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_calendarday
    ADD CONSTRAINT people_calendarday_date_key UNIQUE (date);
ALTER TABLE ONLY public.people_calendarday
    ADD CONSTRAINT people_calendarday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_employment
    ADD CONSTRAINT people_employment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_grade
    ADD CONSTRAINT people_grade_code_once UNIQUE (ladder_id, code);
ALTER TABLE ONLY public.people_grade
    ADD CONSTRAINT people_grade_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_grade
    ADD CONSTRAINT people_grade_rank_once UNIQUE (ladder_id, rank);
ALTER TABLE ONLY public.people_gradeholding
    ADD CONSTRAINT people_gradeholding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.people_ladder
    ADD CONSTRAINT people_ladder_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_ladder
    ADD CONSTRAINT people_ladder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_line
    ADD CONSTRAINT people_line_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_line
    ADD CONSTRAINT people_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_lineclearance
    ADD CONSTRAINT people_lineclearance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_lineclearance
    ADD CONSTRAINT people_one_clearance_per_line EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(line_id, (0)::bigint), COALESCE(line_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.people_employment
    ADD CONSTRAINT people_one_employment_at_a_time EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.people_gradeholding
    ADD CONSTRAINT people_one_grade_per_ladder EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(ladder_id, (0)::bigint), COALESCE(ladder_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.people_teamleadership
    ADD CONSTRAINT people_one_lead_at_a_time EXCLUDE USING gist (int8range(COALESCE(team_id, (0)::bigint), COALESCE(team_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.people_postholding
    ADD CONSTRAINT people_one_post_at_a_time EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.people_teammembership
    ADD CONSTRAINT people_one_team_at_a_time EXCLUDE USING gist (int8range(COALESCE(person_id, (0)::bigint), COALESCE(person_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_singleton_key UNIQUE (singleton);
ALTER TABLE ONLY public.people_partner
    ADD CONSTRAINT people_partner_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_partner
    ADD CONSTRAINT people_partner_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_peopleimport
    ADD CONSTRAINT people_peopleimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_peopleimport
    ADD CONSTRAINT people_peopleimport_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.people_peoplemapping
    ADD CONSTRAINT people_peoplemapping_name_key UNIQUE (name);
ALTER TABLE ONLY public.people_peoplemapping
    ADD CONSTRAINT people_peoplemapping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_person
    ADD CONSTRAINT people_person_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_person
    ADD CONSTRAINT people_person_login_key UNIQUE (login);
ALTER TABLE ONLY public.people_person
    ADD CONSTRAINT people_person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_person
    ADD CONSTRAINT people_person_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.people_personalias
    ADD CONSTRAINT people_personalias_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_personalias
    ADD CONSTRAINT people_personalias_value_key UNIQUE (value);
ALTER TABLE ONLY public.people_post
    ADD CONSTRAINT people_post_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_post
    ADD CONSTRAINT people_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_postholding
    ADD CONSTRAINT people_postholding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_teamleadership
    ADD CONSTRAINT people_teamleadership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_teammembership
    ADD CONSTRAINT people_teammembership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_guidecheck
    ADD CONSTRAINT procedures_check_place_once UNIQUE (version_id, "position");
ALTER TABLE ONLY public.procedures_lexiconexample
    ADD CONSTRAINT procedures_example_once UNIQUE (rule_id, text);
ALTER TABLE ONLY public.procedures_guide
    ADD CONSTRAINT procedures_guide_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_guide
    ADD CONSTRAINT procedures_guide_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.procedures_guideversion
    ADD CONSTRAINT procedures_guide_version_once UNIQUE (guide_id, number);
ALTER TABLE ONLY public.procedures_guidecheck
    ADD CONSTRAINT procedures_guidecheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_guideversion
    ADD CONSTRAINT procedures_guideversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_labelledmessage
    ADD CONSTRAINT procedures_labelledmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_labelledmessage
    ADD CONSTRAINT procedures_labelledmessage_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.procedures_lexiconversion
    ADD CONSTRAINT procedures_lexicon_number_once UNIQUE (lang, number);
ALTER TABLE ONLY public.procedures_lexiconexample
    ADD CONSTRAINT procedures_lexiconexample_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_lexiconrule
    ADD CONSTRAINT procedures_lexiconrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_lexiconversion
    ADD CONSTRAINT procedures_lexiconversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_lexiconversion
    ADD CONSTRAINT procedures_lexiconversion_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.procedures_labelledmessage
    ADD CONSTRAINT procedures_message_once UNIQUE (lang, text_hash);
ALTER TABLE ONLY public.procedures_missedphrase
    ADD CONSTRAINT procedures_missedphrase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_missedphrase
    ADD CONSTRAINT procedures_missedphrase_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_one_policy_at_a_time EXCLUDE USING gist (int8range(COALESCE(team_id, (0)::bigint), COALESCE(team_id, (0)::bigint), '[]'::text) WITH &&, int8range(COALESCE(line_id, (0)::bigint), COALESCE(line_id, (0)::bigint), '[]'::text) WITH &&, daterange(active_from, active_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.procedures_missedphrase
    ADD CONSTRAINT procedures_phrase_once UNIQUE (lang, text_hash);
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_policy_number_once UNIQUE NULLS NOT DISTINCT (team_id, line_id, number);
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_refusalpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_refusalpolicy_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.procedures_lexiconrule
    ADD CONSTRAINT procedures_rule_code_once UNIQUE (version_id, code);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);
ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX assessment_answer_attempt_id_6702be85 ON public.assessment_answer USING btree (attempt_id);
CREATE INDEX assessment_appeal_attempt_id_a4924a55 ON public.assessment_appeal USING btree (attempt_id);
CREATE INDEX assessment_appeal_decided_by_id_bad3eeef ON public.assessment_appeal USING btree (decided_by_id);
CREATE INDEX assessment_appeal_item_id_2fe0c2ca ON public.assessment_appeal USING btree (item_id);
CREATE INDEX assessment_appeal_person_id_16413494 ON public.assessment_appeal USING btree (person_id);
CREATE INDEX assessment_appeal_public_id_47a5cf5d_like ON public.assessment_appeal USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_appeal_version_id_789ddf30 ON public.assessment_appeal USING btree (version_id);
CREATE INDEX assessment_attempt_after_id_ffe6047f ON public.assessment_attempt USING btree (after_id);
CREATE INDEX assessment_attempt_due ON public.assessment_attempt USING btree (deadline_at) WHERE ((state)::text = 'open'::text);
CREATE INDEX assessment_attempt_exam_id_72fe27ab ON public.assessment_attempt USING btree (exam_id);
CREATE INDEX assessment_attempt_form_id_e198c248 ON public.assessment_attempt USING btree (form_id);
CREATE INDEX assessment_attempt_person ON public.assessment_attempt USING btree (person_id, state);
CREATE INDEX assessment_attempt_person_id_35f432b0 ON public.assessment_attempt USING btree (person_id);
CREATE INDEX assessment_attempt_public_id_b088bb85_like ON public.assessment_attempt USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_attempt_sitting_id_aa3d5974 ON public.assessment_attempt USING btree (sitting_id);
CREATE INDEX assessment_calibrationrun_form_id_201bcd83 ON public.assessment_calibrationrun USING btree (form_id);
CREATE INDEX assessment_calibrationrun_last_result_id_77bd3057 ON public.assessment_calibrationrun USING btree (last_result_id);
CREATE INDEX assessment_calibrationrun_made_by_id_0315c6ba ON public.assessment_calibrationrun USING btree (made_by_id);
CREATE INDEX assessment_calibrationrun_public_id_25239d5d_like ON public.assessment_calibrationrun USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_equating_base_id_4adbe01b ON public.assessment_equating USING btree (base_id);
CREATE INDEX assessment_equating_calibration_id_fb0623cd ON public.assessment_equating USING btree (calibration_id);
CREATE INDEX assessment_equating_exam_id_308a01d7 ON public.assessment_equating USING btree (exam_id);
CREATE INDEX assessment_equating_form_id_00bb3675 ON public.assessment_equating USING btree (form_id);
CREATE INDEX assessment_equating_made_by_id_6c63bf92 ON public.assessment_equating USING btree (made_by_id);
CREATE INDEX assessment_equating_public_id_4714ee7b_like ON public.assessment_equating USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_exam_code_aba36518_like ON public.assessment_exam USING btree (code varchar_pattern_ops);
CREATE INDEX assessment_exam_owner_id_64c1a33f ON public.assessment_exam USING btree (owner_id);
CREATE INDEX assessment_exam_public_id_10e315bb_like ON public.assessment_exam USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_exposure_item_id_5ec83b69 ON public.assessment_exposure USING btree (item_id);
CREATE UNIQUE INDEX assessment_first_result_once ON public.assessment_result USING btree (attempt_id) WHERE (replaces_id IS NULL);
CREATE INDEX assessment_form_exam_id_7368101f ON public.assessment_form USING btree (exam_id);
CREATE INDEX assessment_form_made_by_id_a2a84095 ON public.assessment_form USING btree (made_by_id);
CREATE INDEX assessment_form_public_id_90134618_like ON public.assessment_form USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_formitem_form_id_65c0b0e1 ON public.assessment_formitem USING btree (form_id);
CREATE INDEX assessment_formitem_item_id_871a651f ON public.assessment_formitem USING btree (item_id);
CREATE INDEX assessment_formitem_version_id_69a31c0f ON public.assessment_formitem USING btree (version_id);
CREATE INDEX assessment_item_hash ON public.assessment_item USING btree (content_hash);
CREATE UNIQUE INDEX assessment_item_once ON public.assessment_item USING btree (content_hash) WHERE (NOT ((state)::text = 'retired'::text));
CREATE INDEX assessment_item_owner_id_6a9061eb ON public.assessment_item USING btree (owner_id);
CREATE INDEX assessment_item_public_id_a71f77b7_like ON public.assessment_item USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_item_state ON public.assessment_item USING btree (state, kind);
CREATE INDEX assessment_item_tags_item_id_4a390227 ON public.assessment_item_tags USING btree (item_id);
CREATE INDEX assessment_item_tags_tag_id_9f743e16 ON public.assessment_item_tags USING btree (tag_id);
CREATE INDEX assessment_item_topic_id_799faffd ON public.assessment_item USING btree (topic_id);
CREATE INDEX assessment_itemalarm_form_id_2173847b ON public.assessment_itemalarm USING btree (form_id);
CREATE INDEX assessment_itemalarm_looked_by_id_8832ad2f ON public.assessment_itemalarm USING btree (looked_by_id);
CREATE INDEX assessment_itemalarm_public_id_551f9825_like ON public.assessment_itemalarm USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_itemalarm_version_id_60f19af8 ON public.assessment_itemalarm USING btree (version_id);
CREATE INDEX assessment_itemimport_public_id_0a800541_like ON public.assessment_itemimport USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_itemimport_started_by_id_966a9746 ON public.assessment_itemimport USING btree (started_by_id);
CREATE INDEX assessment_itemimport_topic_id_626e6d09 ON public.assessment_itemimport USING btree (topic_id);
CREATE INDEX assessment_itemresult_attempt_id_a1328b9e ON public.assessment_itemresult USING btree (attempt_id);
CREATE INDEX assessment_itemresult_item_id_ad1c29ff ON public.assessment_itemresult USING btree (item_id);
CREATE INDEX assessment_itemresult_result_id_9316ad2c ON public.assessment_itemresult USING btree (result_id);
CREATE INDEX assessment_itemresult_version_id_d6fa831c ON public.assessment_itemresult USING btree (version_id);
CREATE INDEX assessment_itemversion_item_id_8b2be9af ON public.assessment_itemversion USING btree (item_id);
CREATE INDEX assessment_itemversion_made_by_id_219575c0 ON public.assessment_itemversion USING btree (made_by_id);
CREATE INDEX assessment_mark_answer_id_87d82096 ON public.assessment_mark USING btree (answer_id);
CREATE INDEX assessment_mark_marker_id_30d5f47c ON public.assessment_mark USING btree (marker_id);
CREATE UNIQUE INDEX assessment_monthly_once ON public.assessment_sitting USING btree (exam_id, month_date) WHERE ((cancelled_at IS NULL) AND ((purpose)::text = 'monthly'::text));
CREATE UNIQUE INDEX assessment_one_running_attempt ON public.assessment_attempt USING btree (sitting_id, person_id) WHERE ((state)::text = ANY (ARRAY[('prepared'::character varying)::text, ('open'::character varying)::text]));
CREATE INDEX assessment_open_answer_queue ON public.assessment_openanswer USING btree (state, created_at);
CREATE INDEX assessment_openanswer_attempt_id_e55f57e2 ON public.assessment_openanswer USING btree (attempt_id);
CREATE INDEX assessment_openanswer_item_id_9b49dc9f ON public.assessment_openanswer USING btree (item_id);
CREATE INDEX assessment_openanswer_public_id_9299b31b_like ON public.assessment_openanswer USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_openanswer_version_id_48043977 ON public.assessment_openanswer USING btree (version_id);
CREATE INDEX assessment_rescoring_corrected_id_88a17d4d ON public.assessment_rescoring USING btree (corrected_id);
CREATE INDEX assessment_rescoring_made_by_id_6571ae27 ON public.assessment_rescoring USING btree (made_by_id);
CREATE INDEX assessment_rescoring_public_id_0519b099_like ON public.assessment_rescoring USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_rescoring_version_id_7ab230d0 ON public.assessment_rescoring USING btree (version_id);
CREATE INDEX assessment_result_attempt_id_92dbc8e8 ON public.assessment_result USING btree (attempt_id);
CREATE INDEX assessment_result_made_by_id_6a15f6a0 ON public.assessment_result USING btree (made_by_id);
CREATE INDEX assessment_signal_attempt_id_817459ad ON public.assessment_signal USING btree (attempt_id);
CREATE INDEX assessment_signal_looked_by_id_3c036a11 ON public.assessment_signal USING btree (looked_by_id);
CREATE INDEX assessment_signal_other_id_f75b0847 ON public.assessment_signal USING btree (other_id);
CREATE INDEX assessment_signal_public_id_1d3d33ce_like ON public.assessment_signal USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_sitting_closes ON public.assessment_sitting USING btree (closes_at);
CREATE INDEX assessment_sitting_exam_id_ba45bfbf ON public.assessment_sitting USING btree (exam_id);
CREATE INDEX assessment_sitting_forms_form_id_3066053f ON public.assessment_sitting_forms USING btree (form_id);
CREATE INDEX assessment_sitting_forms_sitting_id_be40d9cd ON public.assessment_sitting_forms USING btree (sitting_id);
CREATE INDEX assessment_sitting_offered_by_id_8f08ba29 ON public.assessment_sitting USING btree (offered_by_id);
CREATE INDEX assessment_sitting_public_id_52d6391e_like ON public.assessment_sitting USING btree (public_id varchar_pattern_ops);
CREATE INDEX assessment_tag_name_35a585f2_like ON public.assessment_tag USING btree (name varchar_pattern_ops);
CREATE INDEX assessment_topic_parent_id_2032beb5 ON public.assessment_topic USING btree (parent_id);
CREATE INDEX assessment_topic_path_8f4da069 ON public.assessment_topic USING btree (path);
CREATE INDEX assessment_topic_path_8f4da069_like ON public.assessment_topic USING btree (path varchar_pattern_ops);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE UNIQUE INDEX content_access_once_a_source ON public.content_courseaccess USING btree (course_id, person_id, source) WHERE (revoked_at IS NULL);
CREATE INDEX content_access_person ON public.content_courseaccess USING btree (person_id, course_id);
CREATE INDEX content_activity_version_id_5d72750d ON public.content_activity USING btree (version_id);
CREATE INDEX content_activityprogress_progress_id_61d35f4e ON public.content_activityprogress USING btree (progress_id);
CREATE INDEX content_course_author_id_3249d946 ON public.content_course USING btree (author_id);
CREATE INDEX content_course_code_d7533395_like ON public.content_course USING btree (code varchar_pattern_ops);
CREATE INDEX content_course_owner_id_6330ceb2 ON public.content_course USING btree (owner_id);
CREATE INDEX content_course_public_id_73e432c6_like ON public.content_course USING btree (public_id varchar_pattern_ops);
CREATE INDEX content_course_words ON public.content_course USING gin (to_tsvector('russian'::regconfig, COALESCE(search_text, ''::text)));
CREATE INDEX content_courseaccess_course_id_ec509ce0 ON public.content_courseaccess USING btree (course_id);
CREATE INDEX content_courseaccess_granted_by_id_f9620ae9 ON public.content_courseaccess USING btree (granted_by_id);
CREATE INDEX content_courseaccess_person_id_347f8054 ON public.content_courseaccess USING btree (person_id);
CREATE INDEX content_coursefile_course_id_ac2f47fd ON public.content_coursefile USING btree (course_id);
CREATE INDEX content_coursefile_public_id_0e4d5891_like ON public.content_coursefile USING btree (public_id varchar_pattern_ops);
CREATE INDEX content_coursefile_uploaded_by_id_b7770aaf ON public.content_coursefile USING btree (uploaded_by_id);
CREATE INDEX content_courseimport_course_id_dfae11eb ON public.content_courseimport USING btree (course_id);
CREATE INDEX content_courseimport_public_id_839ac83c_like ON public.content_courseimport USING btree (public_id varchar_pattern_ops);
CREATE INDEX content_courseimport_started_by_id_e6ccf738 ON public.content_courseimport USING btree (started_by_id);
CREATE INDEX content_courseprogress_course_id_5b1a2e09 ON public.content_courseprogress USING btree (course_id);
CREATE INDEX content_courseprogress_person_id_9ff57b4c ON public.content_courseprogress USING btree (person_id);
CREATE INDEX content_courseprogress_public_id_905eb871_like ON public.content_courseprogress USING btree (public_id varchar_pattern_ops);
CREATE INDEX content_courseprogress_version_id_822dd693 ON public.content_courseprogress USING btree (version_id);
CREATE INDEX content_courseversion_course_id_73076962 ON public.content_courseversion USING btree (course_id);
CREATE INDEX content_courseversion_made_by_id_2210a44b ON public.content_courseversion USING btree (made_by_id);
CREATE INDEX content_courseversion_published_by_id_6486e849 ON public.content_courseversion USING btree (published_by_id);
CREATE UNIQUE INDEX content_one_draft ON public.content_courseversion USING btree (course_id) WHERE ((state)::text = 'draft'::text);
CREATE UNIQUE INDEX content_one_open_progress ON public.content_courseprogress USING btree (person_id, course_id) WHERE (completed_at IS NULL);
CREATE UNIQUE INDEX content_one_published ON public.content_courseversion USING btree (course_id) WHERE ((state)::text = 'published'::text);
CREATE UNIQUE INDEX content_one_submission_waits ON public.content_submission USING btree (progress_id, key) WHERE ((state)::text = 'handed_in'::text);
CREATE INDEX content_submission_marked_by_id_805aea4d ON public.content_submission USING btree (marked_by_id);
CREATE INDEX content_submission_progress_id_a1e4385a ON public.content_submission USING btree (progress_id);
CREATE INDEX content_submission_public_id_5251e657_like ON public.content_submission USING btree (public_id varchar_pattern_ops);
CREATE INDEX content_surveyanswer_progress_id_6f2f58a4 ON public.content_surveyanswer USING btree (progress_id);
CREATE INDEX crisis_abuseflag_judged_by_id_6e475540 ON public.crisis_abuseflag USING btree (judged_by_id);
CREATE INDEX crisis_abuseflag_offer_id_6aaff900 ON public.crisis_abuseflag USING btree (offer_id);
CREATE INDEX crisis_approval_checker_id_a257c55c ON public.crisis_approval USING btree (checker_id);
CREATE INDEX crisis_approval_maker_id_7497a11a ON public.crisis_approval USING btree (maker_id);
CREATE INDEX crisis_approval_offer_id_7a5981e7 ON public.crisis_approval USING btree (offer_id);
CREATE INDEX crisis_approval_public_id_ffc4db8c_like ON public.crisis_approval USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_attachment_message_id_9f0f888a ON public.crisis_attachment USING btree (message_id);
CREATE INDEX crisis_attachment_public_id_b11f67ac_like ON public.crisis_attachment USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_attachment_sha256_f457d0f2 ON public.crisis_attachment USING btree (sha256);
CREATE INDEX crisis_attachment_sha256_f457d0f2_like ON public.crisis_attachment USING btree (sha256 varchar_pattern_ops);
CREATE INDEX crisis_auditedcase_policy_id_cd1f991d ON public.crisis_auditedcase USING btree (policy_id);
CREATE INDEX crisis_authoritylimit_grade_id_ec220f75 ON public.crisis_authoritylimit USING btree (grade_id);
CREATE INDEX crisis_authoritylimit_kind_id_df767352 ON public.crisis_authoritylimit USING btree (kind_id);
CREATE INDEX crisis_budget_kind_id_f31fe547 ON public.crisis_budget USING btree (kind_id);
CREATE INDEX crisis_budget_made_by_id_63f62334 ON public.crisis_budget USING btree (made_by_id);
CREATE INDEX crisis_budget_public_id_eff10ace_like ON public.crisis_budget USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_budget_team_id_3de0ea27 ON public.crisis_budget USING btree (team_id);
CREATE INDEX crisis_case_closed ON public.crisis_crisiscase USING btree (closed_at);
CREATE INDEX crisis_case_due ON public.crisis_crisiscase USING btree (next_due_at, id) WHERE (NOT ((stage)::text = 'closed'::text));
CREATE INDEX crisis_case_mine ON public.crisis_crisiscase USING btree (assignee_id, next_due_at, id) WHERE (NOT ((stage)::text = 'closed'::text));
CREATE INDEX crisis_case_opened ON public.crisis_crisiscase USING btree (opened_at DESC);
CREATE INDEX crisis_case_queue ON public.crisis_crisiscase USING btree (team_id, next_due_at, id) WHERE (NOT ((stage)::text = 'closed'::text));
CREATE INDEX crisis_caseclock_case_id_ca6415ab ON public.crisis_caseclock USING btree (case_id);
CREATE INDEX crisis_caseclock_template_id_40a53b88 ON public.crisis_caseclock USING btree (template_id);
CREATE INDEX crisis_caseevent_actor_id_6f328a83 ON public.crisis_caseevent USING btree (actor_id);
CREATE INDEX crisis_caseevent_case_id_1f5ce571 ON public.crisis_caseevent USING btree (case_id);
CREATE INDEX crisis_caseevent_idem_bea166fb_like ON public.crisis_caseevent USING btree (idem varchar_pattern_ops);
CREATE INDEX crisis_caseevent_message_id_5070b694 ON public.crisis_caseevent USING btree (message_id);
CREATE INDEX crisis_caseimport_public_id_54166c3b_like ON public.crisis_caseimport USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_caseimport_started_by_id_3cea462a ON public.crisis_caseimport USING btree (started_by_id);
CREATE INDEX crisis_casesource_code_0c24a81c_like ON public.crisis_casesource USING btree (code varchar_pattern_ops);
CREATE INDEX crisis_casesource_public_id_ee5a9932_like ON public.crisis_casesource USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_casesource_team_id_9db31c41 ON public.crisis_casesource USING btree (team_id);
CREATE INDEX crisis_clock_running ON public.crisis_caseclock USING btree (due_at) WHERE ((state)::text = 'running'::text);
CREATE INDEX crisis_clocktemplate_calendar_id_7a573f36 ON public.crisis_clocktemplate USING btree (calendar_id);
CREATE INDEX crisis_clocktemplate_code_268afe5e ON public.crisis_clocktemplate USING btree (code);
CREATE INDEX crisis_clocktemplate_code_268afe5e_like ON public.crisis_clocktemplate USING btree (code varchar_pattern_ops);
CREATE INDEX crisis_compliancefinding_agent_id_e8244c11 ON public.crisis_compliancefinding USING btree (agent_id);
CREATE INDEX crisis_compliancefinding_case_id_4fe43d2c ON public.crisis_compliancefinding USING btree (case_id);
CREATE INDEX crisis_compliancefinding_event_id_85dab190 ON public.crisis_compliancefinding USING btree (event_id);
CREATE INDEX crisis_compliancefinding_judged_by_id_5b5248df ON public.crisis_compliancefinding USING btree (judged_by_id);
CREATE INDEX crisis_compliancefinding_message_id_a830f9d5 ON public.crisis_compliancefinding USING btree (message_id);
CREATE INDEX crisis_compliancefinding_policy_id_359e3229 ON public.crisis_compliancefinding USING btree (policy_id);
CREATE INDEX crisis_compliancefinding_public_id_3c1fd46b_like ON public.crisis_compliancefinding USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_contract_customer_id_64230ebd ON public.crisis_contract USING btree (customer_id);
CREATE INDEX crisis_contract_ext_id_23a3dd07_like ON public.crisis_contract USING btree (ext_id varchar_pattern_ops);
CREATE INDEX crisis_contract_public_id_10e15888_like ON public.crisis_contract USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_conversation_case_id_5ab4c35a ON public.crisis_conversation USING btree (case_id);
CREATE INDEX crisis_conversation_customer_id_24a5775e ON public.crisis_conversation USING btree (customer_id);
CREATE UNIQUE INDEX crisis_conversation_once ON public.crisis_conversation USING btree (origin, external_id) WHERE (NOT ((external_id)::text = ''::text));
CREATE INDEX crisis_conversation_public_id_982b37fe_like ON public.crisis_conversation USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_crisiscase_assignee_id_b6098632 ON public.crisis_crisiscase USING btree (assignee_id);
CREATE INDEX crisis_crisiscase_contract_id_402be11a ON public.crisis_crisiscase USING btree (contract_id);
CREATE INDEX crisis_crisiscase_customer_id_aea7178e ON public.crisis_crisiscase USING btree (customer_id);
CREATE INDEX crisis_crisiscase_merged_into_id_2b631ba9 ON public.crisis_crisiscase USING btree (merged_into_id);
CREATE INDEX crisis_crisiscase_public_id_9c31be9a_like ON public.crisis_crisiscase USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_crisiscase_skill_id_186041bf ON public.crisis_crisiscase USING btree (skill_id);
CREATE INDEX crisis_crisiscase_team_id_6268bbb6 ON public.crisis_crisiscase USING btree (team_id);
CREATE INDEX crisis_customer_ext_id_f7d6e168_like ON public.crisis_customer USING btree (ext_id varchar_pattern_ops);
CREATE INDEX crisis_customer_public_id_3232df47_like ON public.crisis_customer USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_deskcalendar_code_0e1d97b4_like ON public.crisis_deskcalendar USING btree (code varchar_pattern_ops);
CREATE INDEX crisis_deskday_calendar_id_53e9cc33 ON public.crisis_deskday USING btree (calendar_id);
CREATE INDEX crisis_deskshift_person_id_fa541ff5 ON public.crisis_deskshift USING btree (person_id);
CREATE INDEX crisis_deskskill_code_c353685c_like ON public.crisis_deskskill USING btree (code varchar_pattern_ops);
CREATE INDEX crisis_duplicatecandidate_first_id_be0c2e30 ON public.crisis_duplicatecandidate USING btree (first_id);
CREATE INDEX crisis_duplicatecandidate_judged_by_id_eb4f03e1 ON public.crisis_duplicatecandidate USING btree (judged_by_id);
CREATE INDEX crisis_duplicatecandidate_public_id_63f0b94d_like ON public.crisis_duplicatecandidate USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_entry_kind ON public.crisis_ledgerentry USING btree (kind, at);
CREATE INDEX crisis_escalationstep_case_id_376b0922 ON public.crisis_escalationstep USING btree (case_id);
CREATE INDEX crisis_escalationstep_owner_id_e95b7ea4 ON public.crisis_escalationstep USING btree (owner_id);
CREATE INDEX crisis_event_kind ON public.crisis_caseevent USING btree (kind, at);
CREATE INDEX crisis_finding_agent ON public.crisis_compliancefinding USING btree (agent_id, at DESC);
CREATE INDEX crisis_finding_verdict ON public.crisis_compliancefinding USING btree (verdict, at DESC);
CREATE INDEX crisis_ladderrung_owner_id_27e346fe ON public.crisis_ladderrung USING btree (owner_id);
CREATE INDEX crisis_ladderrung_public_id_86a5eb58_like ON public.crisis_ladderrung USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_ledgeraccount_customer_id_9bb6e598 ON public.crisis_ledgeraccount USING btree (customer_id);
CREATE INDEX crisis_ledgeraccount_public_id_b89b3947_like ON public.crisis_ledgeraccount USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_ledgerentry_approved_by_id_21d2daa1 ON public.crisis_ledgerentry USING btree (approved_by_id);
CREATE INDEX crisis_ledgerentry_case_id_ca020da0 ON public.crisis_ledgerentry USING btree (case_id);
CREATE INDEX crisis_ledgerentry_idem_43e8a6d1_like ON public.crisis_ledgerentry USING btree (idem varchar_pattern_ops);
CREATE INDEX crisis_ledgerentry_made_by_id_1913c29c ON public.crisis_ledgerentry USING btree (made_by_id);
CREATE INDEX crisis_ledgerentry_public_id_da46eb62_like ON public.crisis_ledgerentry USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_ledgerposting_entry_id_26f3a522 ON public.crisis_ledgerposting USING btree (entry_id);
CREATE INDEX crisis_matrixrow_kind_id_dd34ee7d ON public.crisis_matrixrow USING btree (kind_id);
CREATE INDEX crisis_message_agent_id_7979957b ON public.crisis_message USING btree (agent_id);
CREATE INDEX crisis_message_conversation_id_23553299 ON public.crisis_message USING btree (conversation_id);
CREATE UNIQUE INDEX crisis_message_once ON public.crisis_message USING btree (conversation_id, source_id) WHERE (NOT ((source_id)::text = ''::text));
CREATE INDEX crisis_message_order ON public.crisis_message USING btree (conversation_id, at, n);
CREATE INDEX crisis_offer_budget_id_ffc66a5b ON public.crisis_offer USING btree (budget_id);
CREATE INDEX crisis_offer_case_id_939d8116 ON public.crisis_offer USING btree (case_id);
CREATE INDEX crisis_offer_event_id_b2eae09a ON public.crisis_offer USING btree (event_id);
CREATE INDEX crisis_offer_kind_id_4eeca602 ON public.crisis_offer USING btree (kind_id);
CREATE INDEX crisis_offer_limit_id_845d22d6 ON public.crisis_offer USING btree (limit_id);
CREATE INDEX crisis_offer_made_by_id_3cefcb13 ON public.crisis_offer USING btree (made_by_id);
CREATE INDEX crisis_offer_matrix_row_id_cb3d210c ON public.crisis_offer USING btree (matrix_row_id);
CREATE INDEX crisis_offer_public_id_94734a09_like ON public.crisis_offer USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_offer_running ON public.crisis_offer USING btree (expires_at) WHERE ((accepted_at IS NULL) AND (declined_at IS NULL) AND (expired_at IS NULL) AND (refused_at IS NULL));
CREATE INDEX crisis_offerkind_code_e8e7e0b7_like ON public.crisis_offerkind USING btree (code varchar_pattern_ops);
CREATE INDEX crisis_offerkind_public_id_a7fd675e_like ON public.crisis_offerkind USING btree (public_id varchar_pattern_ops);
CREATE UNIQUE INDEX crisis_one_default ON public.crisis_deskcalendar USING btree (is_default) WHERE is_default;
CREATE UNIQUE INDEX crisis_one_open_approval ON public.crisis_approval USING btree (offer_id) WHERE (decided_at IS NULL);
CREATE UNIQUE INDEX crisis_one_open_refund_case ON public.crisis_crisiscase USING btree (contract_id) WHERE (((kind)::text = 'refund'::text) AND (NOT ((stage)::text = 'closed'::text)));
CREATE UNIQUE INDEX crisis_one_open_shift ON public.crisis_deskshift USING btree (person_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX crisis_one_running_refund ON public.crisis_refund USING btree (case_id) WHERE ((status)::text = 'started'::text);
CREATE INDEX crisis_payment_contract_id_bad80623 ON public.crisis_payment USING btree (contract_id);
CREATE INDEX crisis_payment_customer_id_f74e0bc4 ON public.crisis_payment USING btree (customer_id);
CREATE INDEX crisis_payment_public_id_d190ee88_like ON public.crisis_payment USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_payment_twins ON public.crisis_payment USING btree (payer, amount, paid_at);
CREATE INDEX crisis_paymentchoice_case_id_2b033adb ON public.crisis_paymentchoice USING btree (case_id);
CREATE INDEX crisis_paymentchoice_recorded_by_id_9ca8e7e7 ON public.crisis_paymentchoice USING btree (recorded_by_id);
CREATE INDEX crisis_payout_case_id_a19d60b4 ON public.crisis_payout USING btree (case_id);
CREATE INDEX crisis_payout_customer_id_c3703bab ON public.crisis_payout USING btree (customer_id);
CREATE INDEX crisis_payout_public_id_fa68a7c6_like ON public.crisis_payout USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_payout_requested_by_id_75b2c7f0 ON public.crisis_payout USING btree (requested_by_id);
CREATE INDEX crisis_payout_state ON public.crisis_payout USING btree (state, requested_at);
CREATE INDEX crisis_posting_account ON public.crisis_ledgerposting USING btree (account_id, entry_id);
CREATE INDEX crisis_ratingrequest_case_id_a7cda608 ON public.crisis_ratingrequest USING btree (case_id);
CREATE INDEX crisis_ratingrequest_person_id_876110f2 ON public.crisis_ratingrequest USING btree (person_id);
CREATE INDEX crisis_ratingrequest_public_id_1351f988_like ON public.crisis_ratingrequest USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_refund_approved_by_id_b33d14c1 ON public.crisis_refund USING btree (approved_by_id);
CREATE INDEX crisis_refund_case_id_2974f788 ON public.crisis_refund USING btree (case_id);
CREATE INDEX crisis_refund_contract_id_98b00134 ON public.crisis_refund USING btree (contract_id);
CREATE INDEX crisis_refund_counted_by_id_2fdb324a ON public.crisis_refund USING btree (counted_by_id);
CREATE INDEX crisis_refund_public_id_b95b3d17_like ON public.crisis_refund USING btree (public_id varchar_pattern_ops);
CREATE INDEX crisis_refund_running ON public.crisis_refund USING btree (due_at) WHERE ((status)::text = 'started'::text);
CREATE INDEX crisis_refund_started_by_id_a6c59f5d ON public.crisis_refund USING btree (started_by_id);
CREATE INDEX crisis_skillholding_person_id_ae1cef00 ON public.crisis_skillholding USING btree (person_id);
CREATE INDEX crisis_skillholding_skill_id_f8c9b8e0 ON public.crisis_skillholding USING btree (skill_id);
CREATE UNIQUE INDEX crisis_training_asked_once ON public.crisis_trainingwish USING btree (person_id, certificate_code) WHERE (answered_at IS NULL);
CREATE INDEX crisis_trainingwish_case_id_d3b5c25b ON public.crisis_trainingwish USING btree (case_id);
CREATE INDEX crisis_trainingwish_person_id_d27734a9 ON public.crisis_trainingwish USING btree (person_id);
CREATE INDEX crisis_workinterval_calendar_id_a62a1f19 ON public.crisis_workinterval USING btree (calendar_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX kernel_cache_expires ON public.kernel_cache USING btree (expires);
CREATE INDEX kernel_journal_person ON public.kernel_journalentry USING btree (person_id, at DESC);
CREATE INDEX kernel_journal_subject ON public.kernel_journalentry USING btree (subject_kind, subject_id);
CREATE INDEX kernel_journalentry_at_127ca229 ON public.kernel_journalentry USING btree (at);
CREATE INDEX kernel_journalentry_kind_ee4b7de2 ON public.kernel_journalentry USING btree (kind);
CREATE INDEX kernel_journalentry_kind_ee4b7de2_like ON public.kernel_journalentry USING btree (kind varchar_pattern_ops);
CREATE INDEX kernel_longtask_owner_id_7d18a012 ON public.kernel_longtask USING btree (owner_id);
CREATE INDEX kernel_longtask_public_id_675cfc86_like ON public.kernel_longtask USING btree (public_id varchar_pattern_ops);
CREATE INDEX kernel_outboxevent_published_at_74bcfdfb ON public.kernel_outboxevent USING btree (published_at);
CREATE INDEX kernel_reaction_event_id_6313c22e ON public.kernel_reaction USING btree (event_id);
CREATE INDEX learning_attendance_marked_by_id_742dcea1 ON public.learning_attendance USING btree (marked_by_id);
CREATE INDEX learning_attendance_person_id_6156b2c2 ON public.learning_attendance USING btree (person_id);
CREATE INDEX learning_attendance_session_id_96dbc331 ON public.learning_attendance USING btree (session_id);
CREATE UNIQUE INDEX learning_booked_once ON public.learning_booking USING btree (session_id, person_id) WHERE (NOT ((state)::text = 'cancelled'::text));
CREATE INDEX learning_booking_made_by_id_1f997949 ON public.learning_booking USING btree (made_by_id);
CREATE INDEX learning_booking_person_id_33095bd7 ON public.learning_booking USING btree (person_id);
CREATE INDEX learning_booking_public_id_963eb91b_like ON public.learning_booking USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_booking_session ON public.learning_booking USING btree (session_id, state);
CREATE INDEX learning_booking_session_id_dc6dcb58 ON public.learning_booking USING btree (session_id);
CREATE INDEX learning_booking_team_id_fc7cad90 ON public.learning_booking USING btree (team_id);
CREATE INDEX learning_calendarfeed_person_id_28b235c6 ON public.learning_calendarfeed USING btree (person_id);
CREATE INDEX learning_calendarfeed_token_hash_7355eedb_like ON public.learning_calendarfeed USING btree (token_hash varchar_pattern_ops);
CREATE INDEX learning_cert_end ON public.learning_certificate USING btree (valid_to);
CREATE INDEX learning_cert_person ON public.learning_certificate USING btree (person_id, kind_id);
CREATE INDEX learning_certificate_awarded_by_id_c884ddba ON public.learning_certificate USING btree (awarded_by_id);
CREATE INDEX learning_certificate_kind_id_463ed7bb ON public.learning_certificate USING btree (kind_id);
CREATE INDEX learning_certificate_number_0bbc1406_like ON public.learning_certificate USING btree (number varchar_pattern_ops);
CREATE INDEX learning_certificate_person_id_2fd745f8 ON public.learning_certificate USING btree (person_id);
CREATE INDEX learning_certificate_public_id_2a980aef_like ON public.learning_certificate USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_certificate_revoked_by_id_d28e9adc ON public.learning_certificate USING btree (revoked_by_id);
CREATE INDEX learning_certificatekind_c_certificatekind_id_3c34a93c ON public.learning_certificatekind_contact_types USING btree (certificatekind_id);
CREATE INDEX learning_certificatekind_code_3b32aa36_like ON public.learning_certificatekind USING btree (code varchar_pattern_ops);
CREATE INDEX learning_certificatekind_contact_types_contacttype_id_a641d527 ON public.learning_certificatekind_contact_types USING btree (contacttype_id);
CREATE INDEX learning_certificatekind_public_id_54dd4cfc_like ON public.learning_certificatekind USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_certificateturn_certificate_id_1f54873a ON public.learning_certificateturn USING btree (certificate_id);
CREATE INDEX learning_contacttype_code_fde373fd_like ON public.learning_contacttype USING btree (code varchar_pattern_ops);
CREATE INDEX learning_contacttype_public_id_ed2f4cea_like ON public.learning_contacttype USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_dispatch_due ON public.learning_dispatch USING btree (state, due_at);
CREATE INDEX learning_dispatch_person_id_dd2532e3 ON public.learning_dispatch USING btree (person_id);
CREATE INDEX learning_enrolment_enrolled_by_id_e179a7d7 ON public.learning_enrolment USING btree (enrolled_by_id);
CREATE INDEX learning_enrolment_intake_id_5c7cd9cb ON public.learning_enrolment USING btree (intake_id);
CREATE INDEX learning_enrolment_person_id_a4030103 ON public.learning_enrolment USING btree (person_id);
CREATE INDEX learning_enrolment_programme_id_f1ba17b0 ON public.learning_enrolment USING btree (programme_id);
CREATE INDEX learning_enrolment_public_id_fee4195e_like ON public.learning_enrolment USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_enrolment_stage_id_8ff47f6d ON public.learning_enrolment USING btree (stage_id);
CREATE INDEX learning_enrolment_state ON public.learning_enrolment USING btree (programme_id, state);
CREATE INDEX learning_enrolment_version_id_7812a8ec ON public.learning_enrolment USING btree (version_id);
CREATE INDEX learning_enrolmentevent_by_id_1d5faf3a ON public.learning_enrolmentevent USING btree (by_id);
CREATE INDEX learning_enrolmentevent_enrolment_id_0ba493e7 ON public.learning_enrolmentevent USING btree (enrolment_id);
CREATE INDEX learning_frozenitem_item_id_3508b8da ON public.learning_frozenitem USING btree (item_id);
CREATE INDEX learning_frozenitem_person_id_4677b83c ON public.learning_frozenitem USING btree (person_id);
CREATE INDEX learning_frozenitem_team_id_f67d4435 ON public.learning_frozenitem USING btree (team_id);
CREATE INDEX learning_frozenitem_version_id_38b06a28 ON public.learning_frozenitem USING btree (version_id);
CREATE INDEX learning_intake_programme_id_8dc085e4 ON public.learning_intake USING btree (programme_id);
CREATE INDEX learning_intake_public_id_a4b4ae66_like ON public.learning_intake USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_livesession_kind_id_56fc7da3 ON public.learning_livesession USING btree (kind_id);
CREATE INDEX learning_livesession_public_id_aba608c8_like ON public.learning_livesession USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_livesession_room_id_ad2d6368 ON public.learning_livesession USING btree (room_id);
CREATE INDEX learning_livesession_trainer_id_d400a69e ON public.learning_livesession USING btree (trainer_id);
CREATE INDEX learning_notice_about_id_10d6c4cc ON public.learning_notice USING btree (about_id);
CREATE INDEX learning_notice_copy_of_id_39ef3e83 ON public.learning_notice USING btree (copy_of_id);
CREATE INDEX learning_notice_dispatch_id_9bd9f4c0 ON public.learning_notice USING btree (dispatch_id);
CREATE INDEX learning_notice_owner_id_bfedbe85 ON public.learning_notice USING btree (owner_id);
CREATE INDEX learning_notice_person ON public.learning_notice USING btree (person_id, created_at DESC);
CREATE INDEX learning_notice_person_id_4109288c ON public.learning_notice USING btree (person_id);
CREATE INDEX learning_notice_public_id_3cffd637_like ON public.learning_notice USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_notice_to_send ON public.learning_notice USING btree (day) WHERE (dispatch_id IS NULL);
CREATE INDEX learning_notice_unread ON public.learning_notice USING btree (person_id) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX learning_one_digest_a_day ON public.learning_dispatch USING btree (person_id, day) WHERE is_digest;
CREATE UNIQUE INDEX learning_one_draft ON public.learning_programmeversion USING btree (programme_id) WHERE (published_at IS NULL);
CREATE UNIQUE INDEX learning_one_feed ON public.learning_calendarfeed USING btree (person_id) WHERE (revoked_at IS NULL);
CREATE UNIQUE INDEX learning_one_open_enrolment ON public.learning_enrolment USING btree (person_id, programme_id) WHERE ((state)::text = ANY (ARRAY[('active'::character varying)::text, ('paused'::character varying)::text]));
CREATE UNIQUE INDEX learning_one_proof_at_a_time ON public.learning_proof USING btree (item_id) WHERE ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('accepted'::character varying)::text]));
CREATE INDEX learning_panelmark_enrolment_id_0073eb14 ON public.learning_panelmark USING btree (enrolment_id);
CREATE INDEX learning_panelmark_judge_id_dcc8b3f2 ON public.learning_panelmark USING btree (judge_id);
CREATE INDEX learning_panelmark_stage_id_f0c57a02 ON public.learning_panelmark USING btree (stage_id);
CREATE INDEX learning_pause_enrolment_id_a25520e4 ON public.learning_pause USING btree (enrolment_id);
CREATE INDEX learning_permit_certificate_id_13b700d9 ON public.learning_permit USING btree (certificate_id);
CREATE INDEX learning_permit_contact_type_id_cde9ab5e ON public.learning_permit USING btree (contact_type_id);
CREATE INDEX learning_permit_granted_by_id_1b0272fa ON public.learning_permit USING btree (granted_by_id);
CREATE INDEX learning_permit_person_id_24d5f9e5 ON public.learning_permit USING btree (person_id);
CREATE INDEX learning_permit_public_id_012efba4_like ON public.learning_permit USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_permit_type ON public.learning_permit USING btree (contact_type_id, active_from);
CREATE INDEX learning_permit_withdrawn_by_id_fb0f4f27 ON public.learning_permit USING btree (withdrawn_by_id);
CREATE INDEX learning_plan_due ON public.learning_planitem USING btree (due_date);
CREATE UNIQUE INDEX learning_plan_item_once ON public.learning_planitem USING btree (enrolment_id, stage_id, activity_key) WHERE (enrolment_id IS NOT NULL);
CREATE INDEX learning_plan_person ON public.learning_planitem USING btree (person_id, due_date);
CREATE INDEX learning_plan_to_do ON public.learning_planitem USING btree (kind, reference) WHERE ((done_at IS NULL) AND (dropped_at IS NULL));
CREATE INDEX learning_planitem_enrolment_id_f1c09f31 ON public.learning_planitem USING btree (enrolment_id);
CREATE INDEX learning_planitem_person_id_1234e8ae ON public.learning_planitem USING btree (person_id);
CREATE INDEX learning_planitem_public_id_08fce565_like ON public.learning_planitem USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_planitem_reference_61fba2e3 ON public.learning_planitem USING btree (reference);
CREATE INDEX learning_planitem_reference_61fba2e3_like ON public.learning_planitem USING btree (reference varchar_pattern_ops);
CREATE INDEX learning_planitem_stage_id_0eb53786 ON public.learning_planitem USING btree (stage_id);
CREATE INDEX learning_planversion_frozen_by_id_28a03ee1 ON public.learning_planversion USING btree (frozen_by_id);
CREATE INDEX learning_programme_code_e9a0d224_like ON public.learning_programme USING btree (code varchar_pattern_ops);
CREATE INDEX learning_programme_owner_id_84862fb7 ON public.learning_programme USING btree (owner_id);
CREATE INDEX learning_programme_public_id_957c8dca_like ON public.learning_programme USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_programmeversion_certificate_64092cdc ON public.learning_programmeversion USING btree (certificate);
CREATE INDEX learning_programmeversion_certificate_64092cdc_like ON public.learning_programmeversion USING btree (certificate varchar_pattern_ops);
CREATE INDEX learning_programmeversion_made_by_id_353d1e3c ON public.learning_programmeversion USING btree (made_by_id);
CREATE INDEX learning_programmeversion_programme_id_f65d3e1d ON public.learning_programmeversion USING btree (programme_id);
CREATE INDEX learning_proof_decided_by_id_cf0f2c35 ON public.learning_proof USING btree (decided_by_id);
CREATE INDEX learning_proof_item_id_1c57f136 ON public.learning_proof USING btree (item_id);
CREATE INDEX learning_proof_public_id_0a3ae024_like ON public.learning_proof USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_room_code_7fb0b18b_like ON public.learning_room USING btree (code varchar_pattern_ops);
CREATE INDEX learning_session_start ON public.learning_livesession USING btree (starts_at);
CREATE INDEX learning_sessionkind_code_a2608780_like ON public.learning_sessionkind USING btree (code varchar_pattern_ops);
CREATE INDEX learning_sessionkind_public_id_ad5ce570_like ON public.learning_sessionkind USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_signoff_by_id_594dc590 ON public.learning_signoff USING btree (by_id);
CREATE INDEX learning_signoff_enrolment_id_b9f798c2 ON public.learning_signoff USING btree (enrolment_id);
CREATE INDEX learning_signoff_stage_id_0433bd23 ON public.learning_signoff USING btree (stage_id);
CREATE INDEX learning_stage_key_fdf42241 ON public.learning_stage USING btree (key);
CREATE INDEX learning_stage_key_fdf42241_like ON public.learning_stage USING btree (key varchar_pattern_ops);
CREATE INDEX learning_stage_version_id_0837d6d3 ON public.learning_stage USING btree (version_id);
CREATE INDEX learning_stageactivity_key_37134740 ON public.learning_stageactivity USING btree (key);
CREATE INDEX learning_stageactivity_key_37134740_like ON public.learning_stageactivity USING btree (key varchar_pattern_ops);
CREATE INDEX learning_stageactivity_reference_61d94264 ON public.learning_stageactivity USING btree (reference);
CREATE INDEX learning_stageactivity_reference_61d94264_like ON public.learning_stageactivity USING btree (reference varchar_pattern_ops);
CREATE INDEX learning_stageactivity_stage_id_073355c7 ON public.learning_stageactivity USING btree (stage_id);
CREATE INDEX learning_stagepassage_enrolment_id_ae2b0055 ON public.learning_stagepassage USING btree (enrolment_id);
CREATE INDEX learning_stagepassage_stage_id_fd3a5ffb ON public.learning_stagepassage USING btree (stage_id);
CREATE INDEX learning_topicremedy_course_id_76b63cd7 ON public.learning_topicremedy USING btree (course_id);
CREATE INDEX learning_trigger_created_by_id_14d8d1bf ON public.learning_trigger USING btree (created_by_id);
CREATE INDEX learning_trigger_intake_id_fc21774c ON public.learning_trigger USING btree (intake_id);
CREATE INDEX learning_trigger_programme_id_0186c164 ON public.learning_trigger USING btree (programme_id);
CREATE INDEX learning_trigger_public_id_adc5ff9f_like ON public.learning_trigger USING btree (public_id varchar_pattern_ops);
CREATE INDEX learning_triggerhit_enrolment_id_bd2c6c6c ON public.learning_triggerhit USING btree (enrolment_id);
CREATE INDEX learning_triggerhit_person_id_0f0e0b9f ON public.learning_triggerhit USING btree (person_id);
CREATE INDEX learning_triggerhit_run_id_e26313b1 ON public.learning_triggerhit USING btree (run_id);
CREATE INDEX learning_triggerhit_trigger_id_51703549 ON public.learning_triggerhit USING btree (trigger_id);
CREATE INDEX learning_triggerrun_by_id_ea855ee4 ON public.learning_triggerrun USING btree (by_id);
CREATE INDEX learning_triggerrun_trigger_id_ece93d26 ON public.learning_triggerrun USING btree (trigger_id);
CREATE INDEX learning_waiver_by_id_467650d7 ON public.learning_waiver USING btree (by_id);
CREATE INDEX learning_waiver_enrolment_id_ab808ece ON public.learning_waiver USING btree (enrolment_id);
CREATE INDEX learning_waiver_stage_id_583e44f0 ON public.learning_waiver USING btree (stage_id);
CREATE INDEX metrics_cell_person ON public.metrics_cell USING btree (person_id, tally_set, grain, start_date);
CREATE INDEX metrics_cell_team ON public.metrics_cell USING btree (team_id, tally_set, grain, start_date);
CREATE INDEX metrics_importrun_public_id_946fa440_like ON public.metrics_importrun USING btree (public_id varchar_pattern_ops);
CREATE INDEX metrics_importrun_started_by_id_d140262b ON public.metrics_importrun USING btree (started_by_id);
CREATE INDEX metrics_importrun_task_id_f4fb2c5c ON public.metrics_importrun USING btree (task_id);
CREATE INDEX metrics_mapping_name_2947a251_like ON public.metrics_mapping USING btree (name varchar_pattern_ops);
CREATE INDEX metrics_mapping_saved_by_id_157165f3 ON public.metrics_mapping USING btree (saved_by_id);
CREATE INDEX metrics_target_grade_id_57aafacc ON public.metrics_target USING btree (grade_id);
CREATE INDEX metrics_target_line_id_39c5ffd2 ON public.metrics_target USING btree (line_id);
CREATE INDEX metrics_target_partner_id_448f1ec2 ON public.metrics_target USING btree (partner_id);
CREATE INDEX metrics_target_person_id_059ba7d7 ON public.metrics_target USING btree (person_id);
CREATE INDEX metrics_target_team_id_3c54f51d ON public.metrics_target USING btree (team_id);
CREATE INDEX metrics_unit_cell_team ON public.metrics_unitcell USING btree (team_id, tally_set, grain, start_date);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX people_apikey_key_hash_19f56802_like ON public.people_apikey USING btree (key_hash varchar_pattern_ops);
CREATE INDEX people_apikey_person_id_ffacd32b ON public.people_apikey USING btree (person_id);
CREATE UNIQUE INDEX people_email_once ON public.people_person USING btree (lower((email)::text)) WHERE (NOT ((email)::text = ''::text));
CREATE INDEX people_employment_partner_id_58dab564 ON public.people_employment USING btree (partner_id);
CREATE INDEX people_employment_person_id_fd9f2f57 ON public.people_employment USING btree (person_id);
CREATE INDEX people_grade_code_caab47e8 ON public.people_grade USING btree (code);
CREATE INDEX people_grade_code_caab47e8_like ON public.people_grade USING btree (code varchar_pattern_ops);
CREATE INDEX people_grade_ladder_id_b3ba1c29 ON public.people_grade USING btree (ladder_id);
CREATE INDEX people_gradeholding_grade_id_74afd4eb ON public.people_gradeholding USING btree (grade_id);
CREATE INDEX people_gradeholding_ladder_id_1cb2db46 ON public.people_gradeholding USING btree (ladder_id);
CREATE INDEX people_gradeholding_person_id_c8192662 ON public.people_gradeholding USING btree (person_id);
CREATE INDEX people_invitation_invited_by_id_3784d49d ON public.people_invitation USING btree (invited_by_id);
CREATE INDEX people_invitation_person_id_d00204d6 ON public.people_invitation USING btree (person_id);
CREATE INDEX people_invitation_token_hash_6c55913f_like ON public.people_invitation USING btree (token_hash varchar_pattern_ops);
CREATE INDEX people_ladder_code_9265b06b_like ON public.people_ladder USING btree (code varchar_pattern_ops);
CREATE INDEX people_line_code_fcdf928d_like ON public.people_line USING btree (code varchar_pattern_ops);
CREATE INDEX people_lineclearance_line_id_817854ea ON public.people_lineclearance USING btree (line_id);
CREATE INDEX people_lineclearance_person_id_84a73e5c ON public.people_lineclearance USING btree (person_id);
CREATE UNIQUE INDEX people_open_role_once ON public.people_roleassignment USING btree (person_id, role, scope, team_id, partner_id) NULLS NOT DISTINCT WHERE (active_to IS NULL);
CREATE INDEX people_partner_code_26a9fb6d_like ON public.people_partner USING btree (code varchar_pattern_ops);
CREATE INDEX people_peopleimport_public_id_e5050503_like ON public.people_peopleimport USING btree (public_id varchar_pattern_ops);
CREATE INDEX people_peopleimport_task_id_e1c000b0 ON public.people_peopleimport USING btree (task_id);
CREATE INDEX people_peopleimport_uploaded_by_id_2a36acd6 ON public.people_peopleimport USING btree (uploaded_by_id);
CREATE INDEX people_peoplemapping_name_1ca9f89d_like ON public.people_peoplemapping USING btree (name varchar_pattern_ops);
CREATE INDEX people_peoplemapping_saved_by_id_9658e2fc ON public.people_peoplemapping USING btree (saved_by_id);
CREATE INDEX people_person_code_21adddd4_like ON public.people_person USING btree (code varchar_pattern_ops);
CREATE INDEX people_person_login_24b77c54_like ON public.people_person USING btree (login varchar_pattern_ops);
CREATE INDEX people_person_public_id_ac134729_like ON public.people_person USING btree (public_id varchar_pattern_ops);
CREATE INDEX people_person_sort ON public.people_person USING btree (sort_key);
CREATE INDEX people_personalias_person_id_0b9a9bca ON public.people_personalias USING btree (person_id);
CREATE INDEX people_personalias_value_88e4d81e_like ON public.people_personalias USING btree (value varchar_pattern_ops);
CREATE INDEX people_post_code_a695d074_like ON public.people_post USING btree (code varchar_pattern_ops);
CREATE INDEX people_postholding_person_id_609a111f ON public.people_postholding USING btree (person_id);
CREATE INDEX people_postholding_post_id_ff289074 ON public.people_postholding USING btree (post_id);
CREATE INDEX people_roleassignment_partner_id_bac6a1a8 ON public.people_roleassignment USING btree (partner_id);
CREATE INDEX people_roleassignment_person_id_ebd07ebf ON public.people_roleassignment USING btree (person_id);
CREATE INDEX people_roleassignment_team_id_0cb7ec82 ON public.people_roleassignment USING btree (team_id);
CREATE INDEX people_team_code_0e280bb4_like ON public.people_team USING btree (code varchar_pattern_ops);
CREATE INDEX people_team_line_id_5b16fe94 ON public.people_team USING btree (line_id);
CREATE INDEX people_team_partner_id_fe9b68ba ON public.people_team USING btree (partner_id);
CREATE INDEX people_teamleadership_person_id_471cbb78 ON public.people_teamleadership USING btree (person_id);
CREATE INDEX people_teamleadership_team_id_6f25ba7c ON public.people_teamleadership USING btree (team_id);
CREATE INDEX people_teammembership_person_id_48f0ebd2 ON public.people_teammembership USING btree (person_id);
CREATE INDEX people_teammembership_team_id_66ae7a36 ON public.people_teammembership USING btree (team_id);
CREATE INDEX procedures_guide_public_id_22e0865e_like ON public.procedures_guide USING btree (public_id varchar_pattern_ops);
CREATE INDEX procedures_guidecheck_version_id_e5e7f992 ON public.procedures_guidecheck USING btree (version_id);
CREATE INDEX procedures_guideversion_guide_id_fe32c34b ON public.procedures_guideversion USING btree (guide_id);
CREATE INDEX procedures_guideversion_made_by_id_d3547666 ON public.procedures_guideversion USING btree (made_by_id);
CREATE INDEX procedures_labelledmessage_added_by_id_6962687d ON public.procedures_labelledmessage USING btree (added_by_id);
CREATE INDEX procedures_labelledmessage_public_id_c4311db4_like ON public.procedures_labelledmessage USING btree (public_id varchar_pattern_ops);
CREATE INDEX procedures_lexiconexample_rule_id_8ed62af5 ON public.procedures_lexiconexample USING btree (rule_id);
CREATE INDEX procedures_lexiconrule_code_7ad5534f ON public.procedures_lexiconrule USING btree (code);
CREATE INDEX procedures_lexiconrule_code_7ad5534f_like ON public.procedures_lexiconrule USING btree (code varchar_pattern_ops);
CREATE INDEX procedures_lexiconrule_version_id_692cdb01 ON public.procedures_lexiconrule USING btree (version_id);
CREATE INDEX procedures_lexiconversion_based_on_id_c5c2ad64 ON public.procedures_lexiconversion USING btree (based_on_id);
CREATE INDEX procedures_lexiconversion_made_by_id_3cc8f402 ON public.procedures_lexiconversion USING btree (made_by_id);
CREATE INDEX procedures_lexiconversion_public_id_d3212f82_like ON public.procedures_lexiconversion USING btree (public_id varchar_pattern_ops);
CREATE INDEX procedures_lexiconversion_published_by_id_828220e4 ON public.procedures_lexiconversion USING btree (published_by_id);
CREATE INDEX procedures_missedphrase_decided_by_id_97cfc4af ON public.procedures_missedphrase USING btree (decided_by_id);
CREATE INDEX procedures_missedphrase_proposed_by_id_931b56a4 ON public.procedures_missedphrase USING btree (proposed_by_id);
CREATE INDEX procedures_missedphrase_public_id_9dfb83c2_like ON public.procedures_missedphrase USING btree (public_id varchar_pattern_ops);
CREATE UNIQUE INDEX procedures_one_draft_a_language ON public.procedures_lexiconversion USING btree (lang) WHERE (published_at IS NULL);
CREATE INDEX procedures_refusalpolicy_line_id_96707fd2 ON public.procedures_refusalpolicy USING btree (line_id);
CREATE INDEX procedures_refusalpolicy_made_by_id_4a48a3a5 ON public.procedures_refusalpolicy USING btree (made_by_id);
CREATE INDEX procedures_refusalpolicy_public_id_c2351db5_like ON public.procedures_refusalpolicy USING btree (public_id varchar_pattern_ops);
CREATE INDEX procedures_refusalpolicy_team_id_65bf21d9 ON public.procedures_refusalpolicy USING btree (team_id);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);
CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);
CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE TRIGGER assessment_answer_no_truncate BEFORE TRUNCATE ON public.assessment_answer FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_answer_stays BEFORE DELETE OR UPDATE ON public.assessment_answer FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_begun_attempt_stays BEFORE DELETE ON public.assessment_attempt FOR EACH ROW WHEN (((old.state)::text <> 'prepared'::text)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_calibrationrun_no_truncate BEFORE TRUNCATE ON public.assessment_calibrationrun FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_calibrationrun_stays BEFORE DELETE OR UPDATE ON public.assessment_calibrationrun FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_decided_appeal_stays BEFORE DELETE OR UPDATE ON public.assessment_appeal FOR EACH ROW WHEN (((old.state)::text <> 'open'::text)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_ended_attempt_stays BEFORE UPDATE ON public.assessment_attempt FOR EACH ROW WHEN ((((old.state)::text = ANY (ARRAY[('closed'::character varying)::text, ('missed'::character varying)::text, ('void'::character varying)::text])) AND (NOT (((old.state)::text <> 'void'::text) AND ((new.state)::text = 'void'::text))))) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_equating_no_truncate BEFORE TRUNCATE ON public.assessment_equating FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_equating_stays BEFORE DELETE OR UPDATE ON public.assessment_equating FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_form_is_kept BEFORE DELETE ON public.assessment_form FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_formitem_no_truncate BEFORE TRUNCATE ON public.assessment_formitem FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_formitem_stays BEFORE DELETE OR UPDATE ON public.assessment_formitem FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_itemresult_no_truncate BEFORE TRUNCATE ON public.assessment_itemresult FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_itemresult_stays BEFORE DELETE OR UPDATE ON public.assessment_itemresult FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_mark_no_truncate BEFORE TRUNCATE ON public.assessment_mark FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_mark_stays BEFORE DELETE OR UPDATE ON public.assessment_mark FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_published_form_stays BEFORE UPDATE ON public.assessment_form FOR EACH ROW WHEN (((old.published_at IS NOT NULL) AND ((old.frozen IS DISTINCT FROM new.frozen) OR (old.blueprint IS DISTINCT FROM new.blueprint) OR (old.max_points <> new.max_points) OR (old.seed <> new.seed) OR (old.item_count <> new.item_count) OR (new.published_at IS NULL)))) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_published_version_stays BEFORE DELETE OR UPDATE ON public.assessment_itemversion FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_rescoring_no_truncate BEFORE TRUNCATE ON public.assessment_rescoring FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_rescoring_stays BEFORE DELETE OR UPDATE ON public.assessment_rescoring FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_result_no_truncate BEFORE TRUNCATE ON public.assessment_result FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER assessment_result_stays BEFORE DELETE OR UPDATE ON public.assessment_result FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_settled_answer_stays BEFORE DELETE OR UPDATE ON public.assessment_openanswer FOR EACH ROW WHEN (((old.state)::text = 'settled'::text)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER assessment_version_no_truncate BEFORE TRUNCATE ON public.assessment_itemversion FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER content_activity_no_truncate BEFORE TRUNCATE ON public.content_activity FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER content_activity_stays BEFORE INSERT OR DELETE OR UPDATE ON public.content_activity FOR EACH ROW EXECUTE FUNCTION public.content_keep_activity();
CREATE TRIGGER content_file_stays BEFORE UPDATE ON public.content_coursefile FOR EACH ROW WHEN ((((old.sha256)::text IS DISTINCT FROM (new.sha256)::text) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.course_id IS DISTINCT FROM new.course_id))) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER content_marked_submission_stays BEFORE DELETE OR UPDATE ON public.content_submission FOR EACH ROW WHEN ((old.marked_at IS NOT NULL)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER content_survey_answer_stays BEFORE UPDATE ON public.content_surveyanswer FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER content_version_no_truncate BEFORE TRUNCATE ON public.content_courseversion FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER content_version_stays BEFORE DELETE OR UPDATE ON public.content_courseversion FOR EACH ROW WHEN (((old.state)::text <> 'draft'::text)) EXECUTE FUNCTION public.content_keep_version();
CREATE TRIGGER crisis_case_event_no_truncate BEFORE TRUNCATE ON public.crisis_caseevent FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER crisis_case_event_stays BEFORE DELETE OR UPDATE ON public.crisis_caseevent FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER crisis_entry_append_only BEFORE DELETE OR UPDATE ON public.crisis_ledgerentry FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER crisis_entry_no_truncate BEFORE TRUNCATE ON public.crisis_ledgerentry FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER crisis_ledger_account BEFORE INSERT OR UPDATE ON public.crisis_ledgeraccount FOR EACH ROW EXECUTE FUNCTION public.crisis_ledger_account();
CREATE CONSTRAINT TRIGGER crisis_ledger_balances AFTER INSERT ON public.crisis_ledgerentry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.crisis_ledger_balances();
CREATE TRIGGER crisis_ledger_leg AFTER INSERT ON public.crisis_ledgerposting FOR EACH ROW EXECUTE FUNCTION public.crisis_ledger_leg();
CREATE TRIGGER crisis_paid_covers_refunds BEFORE UPDATE OF paid, currency ON public.crisis_contract FOR EACH ROW EXECUTE FUNCTION public.crisis_paid_covers_refunds();
CREATE TRIGGER crisis_posting_append_only BEFORE DELETE OR UPDATE ON public.crisis_ledgerposting FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER crisis_posting_no_truncate BEFORE TRUNCATE ON public.crisis_ledgerposting FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER crisis_refunds_within_paid BEFORE INSERT OR UPDATE ON public.crisis_refund FOR EACH ROW EXECUTE FUNCTION public.crisis_refunds_within_paid();
CREATE TRIGGER kernel_journal_append_only BEFORE DELETE OR UPDATE ON public.kernel_journalentry FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER kernel_journal_no_truncate BEFORE TRUNCATE ON public.kernel_journalentry FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER learning_booking_counted AFTER INSERT OR DELETE OR UPDATE OF state, session_id ON public.learning_booking FOR EACH ROW EXECUTE FUNCTION public.learning_count_seats();
CREATE TRIGGER learning_certificate_no_truncate BEFORE TRUNCATE ON public.learning_certificate FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER learning_certificate_stays BEFORE DELETE OR UPDATE ON public.learning_certificate FOR EACH ROW EXECUTE FUNCTION public.learning_ends_once('revoked_at', 'revoked_by_id', 'revocation_reason');
CREATE TRIGGER learning_event_no_truncate BEFORE TRUNCATE ON public.learning_enrolmentevent FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER learning_event_stays BEFORE DELETE OR UPDATE ON public.learning_enrolmentevent FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER learning_frozen_stays BEFORE DELETE OR UPDATE ON public.learning_frozenitem FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER learning_mark_stays BEFORE DELETE OR UPDATE ON public.learning_panelmark FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER learning_permit_no_truncate BEFORE TRUNCATE ON public.learning_permit FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER learning_permit_stays BEFORE DELETE OR UPDATE ON public.learning_permit FOR EACH ROW EXECUTE FUNCTION public.learning_ends_once('withdrawn_at', 'withdrawn_by_id', 'withdrawal_reason');
CREATE TRIGGER learning_published_activity_stays BEFORE INSERT OR DELETE OR UPDATE ON public.learning_stageactivity FOR EACH ROW EXECUTE FUNCTION public.learning_refuse_published_part();
CREATE TRIGGER learning_published_stage_stays BEFORE INSERT OR DELETE OR UPDATE ON public.learning_stage FOR EACH ROW EXECUTE FUNCTION public.learning_refuse_published_part();
CREATE TRIGGER learning_published_version_stays BEFORE DELETE OR UPDATE ON public.learning_programmeversion FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER learning_sign_off_stays BEFORE DELETE OR UPDATE ON public.learning_signoff FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER procedures_examples_stay BEFORE INSERT OR DELETE OR UPDATE ON public.procedures_lexiconexample FOR EACH ROW EXECUTE FUNCTION public.procedures_refuse_change_of_published();
CREATE TRIGGER procedures_guide_check_stays BEFORE DELETE OR UPDATE ON public.procedures_guidecheck FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER procedures_guide_version_stays BEFORE DELETE OR UPDATE ON public.procedures_guideversion FOR EACH ROW EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER procedures_guidecheck_no_truncate BEFORE TRUNCATE ON public.procedures_guidecheck FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER procedures_guideversion_no_truncate BEFORE TRUNCATE ON public.procedures_guideversion FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER procedures_lexiconexample_no_truncate BEFORE TRUNCATE ON public.procedures_lexiconexample FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER procedures_lexiconrule_no_truncate BEFORE TRUNCATE ON public.procedures_lexiconrule FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER procedures_lexiconversion_no_truncate BEFORE TRUNCATE ON public.procedures_lexiconversion FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER procedures_policy_stays BEFORE UPDATE ON public.procedures_refusalpolicy FOR EACH ROW EXECUTE FUNCTION public.procedures_refuse_change_of_policy();
CREATE TRIGGER procedures_published_lexicon_stays BEFORE DELETE OR UPDATE ON public.procedures_lexiconversion FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION public.kernel_refuse_change();
CREATE TRIGGER procedures_refusalpolicy_no_truncate BEFORE TRUNCATE ON public.procedures_refusalpolicy FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_refuse_truncate();
CREATE TRIGGER procedures_rules_stay BEFORE INSERT OR DELETE OR UPDATE ON public.procedures_lexiconrule FOR EACH ROW EXECUTE FUNCTION public.procedures_refuse_change_of_published();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_person_id FOREIGN KEY (user_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_answer
    ADD CONSTRAINT assessment_answer_attempt_id_6702be85_fk_assessment_attempt_id FOREIGN KEY (attempt_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_attempt_id_a4924a55_fk_assessment_attempt_id FOREIGN KEY (attempt_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_decided_by_id_bad3eeef_fk_people_person_id FOREIGN KEY (decided_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_item_id_2fe0c2ca_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_person_id_16413494_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_appeal
    ADD CONSTRAINT assessment_appeal_version_id_789ddf30_fk_assessmen FOREIGN KEY (version_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_after_id_ffe6047f_fk_assessment_attempt_id FOREIGN KEY (after_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_exam_id_72fe27ab_fk_assessment_exam_id FOREIGN KEY (exam_id) REFERENCES public.assessment_exam(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_form_id_e198c248_fk_assessment_form_id FOREIGN KEY (form_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_person_id_35f432b0_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_attempt
    ADD CONSTRAINT assessment_attempt_sitting_id_aa3d5974_fk_assessment_sitting_id FOREIGN KEY (sitting_id) REFERENCES public.assessment_sitting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_calibrationrun
    ADD CONSTRAINT assessment_calibrati_form_id_201bcd83_fk_assessmen FOREIGN KEY (form_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_calibrationrun
    ADD CONSTRAINT assessment_calibrati_last_result_id_77bd3057_fk_assessmen FOREIGN KEY (last_result_id) REFERENCES public.assessment_result(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_calibrationrun
    ADD CONSTRAINT assessment_calibrati_made_by_id_0315c6ba_fk_people_pe FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_base_id_4adbe01b_fk_assessment_form_id FOREIGN KEY (base_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_calibration_id_fb0623cd_fk_assessmen FOREIGN KEY (calibration_id) REFERENCES public.assessment_calibrationrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_exam_id_308a01d7_fk_assessment_exam_id FOREIGN KEY (exam_id) REFERENCES public.assessment_exam(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_form_id_00bb3675_fk_assessment_form_id FOREIGN KEY (form_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_equating
    ADD CONSTRAINT assessment_equating_made_by_id_6c63bf92_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_exam
    ADD CONSTRAINT assessment_exam_owner_id_64c1a33f_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_exposure
    ADD CONSTRAINT assessment_exposure_item_id_5ec83b69_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_form
    ADD CONSTRAINT assessment_form_exam_id_7368101f_fk_assessment_exam_id FOREIGN KEY (exam_id) REFERENCES public.assessment_exam(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_form
    ADD CONSTRAINT assessment_form_made_by_id_a2a84095_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_formitem
    ADD CONSTRAINT assessment_formitem_form_id_65c0b0e1_fk_assessment_form_id FOREIGN KEY (form_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_formitem
    ADD CONSTRAINT assessment_formitem_item_id_871a651f_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_formitem
    ADD CONSTRAINT assessment_formitem_version_id_69a31c0f_fk_assessmen FOREIGN KEY (version_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_item
    ADD CONSTRAINT assessment_item_owner_id_6a9061eb_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_item_tags
    ADD CONSTRAINT assessment_item_tags_item_id_4a390227_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_item_tags
    ADD CONSTRAINT assessment_item_tags_tag_id_9f743e16_fk_assessment_tag_id FOREIGN KEY (tag_id) REFERENCES public.assessment_tag(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_item
    ADD CONSTRAINT assessment_item_topic_id_799faffd_fk_assessment_topic_id FOREIGN KEY (topic_id) REFERENCES public.assessment_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemalarm
    ADD CONSTRAINT assessment_itemalarm_form_id_2173847b_fk_assessment_form_id FOREIGN KEY (form_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemalarm
    ADD CONSTRAINT assessment_itemalarm_looked_by_id_8832ad2f_fk_people_person_id FOREIGN KEY (looked_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemalarm
    ADD CONSTRAINT assessment_itemalarm_version_id_60f19af8_fk_assessmen FOREIGN KEY (version_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemimport
    ADD CONSTRAINT assessment_itemimpor_started_by_id_966a9746_fk_people_pe FOREIGN KEY (started_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemimport
    ADD CONSTRAINT assessment_itemimport_topic_id_626e6d09_fk_assessment_topic_id FOREIGN KEY (topic_id) REFERENCES public.assessment_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemresult
    ADD CONSTRAINT assessment_itemresul_attempt_id_a1328b9e_fk_assessmen FOREIGN KEY (attempt_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemresult
    ADD CONSTRAINT assessment_itemresul_result_id_9316ad2c_fk_assessmen FOREIGN KEY (result_id) REFERENCES public.assessment_result(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemresult
    ADD CONSTRAINT assessment_itemresul_version_id_d6fa831c_fk_assessmen FOREIGN KEY (version_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemresult
    ADD CONSTRAINT assessment_itemresult_item_id_ad1c29ff_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemversion
    ADD CONSTRAINT assessment_itemversion_item_id_8b2be9af_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_itemversion
    ADD CONSTRAINT assessment_itemversion_made_by_id_219575c0_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_mark
    ADD CONSTRAINT assessment_mark_answer_id_87d82096_fk_assessment_openanswer_id FOREIGN KEY (answer_id) REFERENCES public.assessment_openanswer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_mark
    ADD CONSTRAINT assessment_mark_marker_id_30d5f47c_fk_people_person_id FOREIGN KEY (marker_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_openanswer
    ADD CONSTRAINT assessment_openanswe_attempt_id_e55f57e2_fk_assessmen FOREIGN KEY (attempt_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_openanswer
    ADD CONSTRAINT assessment_openanswe_version_id_48043977_fk_assessmen FOREIGN KEY (version_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_openanswer
    ADD CONSTRAINT assessment_openanswer_item_id_9b49dc9f_fk_assessment_item_id FOREIGN KEY (item_id) REFERENCES public.assessment_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_rescoring
    ADD CONSTRAINT assessment_rescoring_corrected_id_88a17d4d_fk_assessmen FOREIGN KEY (corrected_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_rescoring
    ADD CONSTRAINT assessment_rescoring_made_by_id_6571ae27_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_rescoring
    ADD CONSTRAINT assessment_rescoring_version_id_7ab230d0_fk_assessmen FOREIGN KEY (version_id) REFERENCES public.assessment_itemversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_result
    ADD CONSTRAINT assessment_result_attempt_id_92dbc8e8_fk_assessment_attempt_id FOREIGN KEY (attempt_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_result
    ADD CONSTRAINT assessment_result_made_by_id_6a15f6a0_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_result
    ADD CONSTRAINT assessment_result_replaces_id_d45fb391_fk_assessment_result_id FOREIGN KEY (replaces_id) REFERENCES public.assessment_result(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_resultfact
    ADD CONSTRAINT assessment_resultfac_result_id_81bec50a_fk_assessmen FOREIGN KEY (result_id) REFERENCES public.assessment_result(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_signal
    ADD CONSTRAINT assessment_signal_attempt_id_817459ad_fk_assessment_attempt_id FOREIGN KEY (attempt_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_signal
    ADD CONSTRAINT assessment_signal_looked_by_id_3c036a11_fk_people_person_id FOREIGN KEY (looked_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_signal
    ADD CONSTRAINT assessment_signal_other_id_f75b0847_fk_assessment_attempt_id FOREIGN KEY (other_id) REFERENCES public.assessment_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_sitting
    ADD CONSTRAINT assessment_sitting_exam_id_ba45bfbf_fk_assessment_exam_id FOREIGN KEY (exam_id) REFERENCES public.assessment_exam(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_sitting_forms
    ADD CONSTRAINT assessment_sitting_f_sitting_id_be40d9cd_fk_assessmen FOREIGN KEY (sitting_id) REFERENCES public.assessment_sitting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_sitting_forms
    ADD CONSTRAINT assessment_sitting_forms_form_id_3066053f_fk_assessment_form_id FOREIGN KEY (form_id) REFERENCES public.assessment_form(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_sitting
    ADD CONSTRAINT assessment_sitting_offered_by_id_8f08ba29_fk_people_person_id FOREIGN KEY (offered_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_topic
    ADD CONSTRAINT assessment_topic_parent_id_2032beb5_fk_assessment_topic_id FOREIGN KEY (parent_id) REFERENCES public.assessment_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_activity
    ADD CONSTRAINT content_activity_version_id_5d72750d_fk_content_c FOREIGN KEY (version_id) REFERENCES public.content_courseversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_activityprogress
    ADD CONSTRAINT content_activityprog_progress_id_61d35f4e_fk_content_c FOREIGN KEY (progress_id) REFERENCES public.content_courseprogress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_course
    ADD CONSTRAINT content_course_author_id_3249d946_fk_people_person_id FOREIGN KEY (author_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_course
    ADD CONSTRAINT content_course_owner_id_6330ceb2_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseaccess
    ADD CONSTRAINT content_courseaccess_course_id_ec509ce0_fk_content_course_id FOREIGN KEY (course_id) REFERENCES public.content_course(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseaccess
    ADD CONSTRAINT content_courseaccess_granted_by_id_f9620ae9_fk_people_person_id FOREIGN KEY (granted_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseaccess
    ADD CONSTRAINT content_courseaccess_person_id_347f8054_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_coursefile
    ADD CONSTRAINT content_coursefile_course_id_ac2f47fd_fk_content_course_id FOREIGN KEY (course_id) REFERENCES public.content_course(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_coursefile
    ADD CONSTRAINT content_coursefile_uploaded_by_id_b7770aaf_fk_people_person_id FOREIGN KEY (uploaded_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseimport
    ADD CONSTRAINT content_courseimport_course_id_dfae11eb_fk_content_course_id FOREIGN KEY (course_id) REFERENCES public.content_course(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseimport
    ADD CONSTRAINT content_courseimport_started_by_id_e6ccf738_fk_people_person_id FOREIGN KEY (started_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseprogress
    ADD CONSTRAINT content_courseprogre_version_id_822dd693_fk_content_c FOREIGN KEY (version_id) REFERENCES public.content_courseversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseprogress
    ADD CONSTRAINT content_courseprogress_course_id_5b1a2e09_fk_content_course_id FOREIGN KEY (course_id) REFERENCES public.content_course(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseprogress
    ADD CONSTRAINT content_courseprogress_person_id_9ff57b4c_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseversion
    ADD CONSTRAINT content_courseversio_published_by_id_6486e849_fk_people_pe FOREIGN KEY (published_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseversion
    ADD CONSTRAINT content_courseversion_course_id_73076962_fk_content_course_id FOREIGN KEY (course_id) REFERENCES public.content_course(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_courseversion
    ADD CONSTRAINT content_courseversion_made_by_id_2210a44b_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_submission
    ADD CONSTRAINT content_submission_marked_by_id_805aea4d_fk_people_person_id FOREIGN KEY (marked_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_submission
    ADD CONSTRAINT content_submission_progress_id_a1e4385a_fk_content_c FOREIGN KEY (progress_id) REFERENCES public.content_courseprogress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.content_surveyanswer
    ADD CONSTRAINT content_surveyanswer_progress_id_6f2f58a4_fk_content_c FOREIGN KEY (progress_id) REFERENCES public.content_courseprogress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_abuseflag
    ADD CONSTRAINT crisis_abuseflag_judged_by_id_6e475540_fk_people_person_id FOREIGN KEY (judged_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_abuseflag
    ADD CONSTRAINT crisis_abuseflag_offer_id_6aaff900_fk_crisis_offer_id FOREIGN KEY (offer_id) REFERENCES public.crisis_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_approval
    ADD CONSTRAINT crisis_approval_checker_id_a257c55c_fk_people_person_id FOREIGN KEY (checker_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_approval
    ADD CONSTRAINT crisis_approval_maker_id_7497a11a_fk_people_person_id FOREIGN KEY (maker_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_approval
    ADD CONSTRAINT crisis_approval_offer_id_7a5981e7_fk_crisis_offer_id FOREIGN KEY (offer_id) REFERENCES public.crisis_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_attachment
    ADD CONSTRAINT crisis_attachment_message_id_9f0f888a_fk_crisis_message_id FOREIGN KEY (message_id) REFERENCES public.crisis_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_auditedcase
    ADD CONSTRAINT crisis_auditedcase_case_id_b047310e_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_auditedcase
    ADD CONSTRAINT crisis_auditedcase_policy_id_cd1f991d_fk_procedure FOREIGN KEY (policy_id) REFERENCES public.procedures_refusalpolicy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_authoritylimit
    ADD CONSTRAINT crisis_authoritylimit_grade_id_ec220f75_fk_people_grade_id FOREIGN KEY (grade_id) REFERENCES public.people_grade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_authoritylimit
    ADD CONSTRAINT crisis_authoritylimit_kind_id_df767352_fk_crisis_offerkind_id FOREIGN KEY (kind_id) REFERENCES public.crisis_offerkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_budget
    ADD CONSTRAINT crisis_budget_kind_id_f31fe547_fk_crisis_offerkind_id FOREIGN KEY (kind_id) REFERENCES public.crisis_offerkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_budget
    ADD CONSTRAINT crisis_budget_made_by_id_63f62334_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_budget
    ADD CONSTRAINT crisis_budget_team_id_3de0ea27_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_caseclock
    ADD CONSTRAINT crisis_caseclock_case_id_ca6415ab_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_caseclock
    ADD CONSTRAINT crisis_caseclock_template_id_40a53b88_fk_crisis_cl FOREIGN KEY (template_id) REFERENCES public.crisis_clocktemplate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_caseevent
    ADD CONSTRAINT crisis_caseevent_actor_id_6f328a83_fk_people_person_id FOREIGN KEY (actor_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_caseevent
    ADD CONSTRAINT crisis_caseevent_case_id_1f5ce571_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_caseevent
    ADD CONSTRAINT crisis_caseevent_message_id_5070b694_fk_crisis_message_id FOREIGN KEY (message_id) REFERENCES public.crisis_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_caseimport
    ADD CONSTRAINT crisis_caseimport_started_by_id_3cea462a_fk_people_person_id FOREIGN KEY (started_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_casesource
    ADD CONSTRAINT crisis_casesource_team_id_9db31c41_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_casestate
    ADD CONSTRAINT crisis_casestate_case_id_1683975e_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_clocktemplate
    ADD CONSTRAINT crisis_clocktemplate_calendar_id_7a573f36_fk_crisis_de FOREIGN KEY (calendar_id) REFERENCES public.crisis_deskcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefin_case_id_4fe43d2c_fk_crisis_cr FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefin_event_id_85dab190_fk_crisis_ca FOREIGN KEY (event_id) REFERENCES public.crisis_caseevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefin_judged_by_id_5b5248df_fk_people_pe FOREIGN KEY (judged_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefin_message_id_a830f9d5_fk_crisis_me FOREIGN KEY (message_id) REFERENCES public.crisis_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefin_policy_id_359e3229_fk_procedure FOREIGN KEY (policy_id) REFERENCES public.procedures_refusalpolicy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_compliancefinding
    ADD CONSTRAINT crisis_compliancefinding_agent_id_e8244c11_fk_people_person_id FOREIGN KEY (agent_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_contract
    ADD CONSTRAINT crisis_contract_customer_id_64230ebd_fk_crisis_customer_id FOREIGN KEY (customer_id) REFERENCES public.crisis_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_conversation
    ADD CONSTRAINT crisis_conversation_case_id_5ab4c35a_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_conversation
    ADD CONSTRAINT crisis_conversation_customer_id_24a5775e_fk_crisis_customer_id FOREIGN KEY (customer_id) REFERENCES public.crisis_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_assignee_id_b6098632_fk_people_person_id FOREIGN KEY (assignee_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_contract_id_402be11a_fk_crisis_contract_id FOREIGN KEY (contract_id) REFERENCES public.crisis_contract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_customer_id_aea7178e_fk_crisis_customer_id FOREIGN KEY (customer_id) REFERENCES public.crisis_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_merged_into_id_2b631ba9_fk_crisis_cr FOREIGN KEY (merged_into_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_skill_id_186041bf_fk_crisis_deskskill_id FOREIGN KEY (skill_id) REFERENCES public.crisis_deskskill(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_crisiscase
    ADD CONSTRAINT crisis_crisiscase_team_id_6268bbb6_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_deskday
    ADD CONSTRAINT crisis_deskday_calendar_id_53e9cc33_fk_crisis_deskcalendar_id FOREIGN KEY (calendar_id) REFERENCES public.crisis_deskcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_deskshift
    ADD CONSTRAINT crisis_deskshift_person_id_fa541ff5_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_duplicatecandidate
    ADD CONSTRAINT crisis_duplicatecand_first_id_be0c2e30_fk_crisis_pa FOREIGN KEY (first_id) REFERENCES public.crisis_payment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_duplicatecandidate
    ADD CONSTRAINT crisis_duplicatecand_judged_by_id_eb4f03e1_fk_people_pe FOREIGN KEY (judged_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_duplicatecandidate
    ADD CONSTRAINT crisis_duplicatecand_second_id_948cf1aa_fk_crisis_pa FOREIGN KEY (second_id) REFERENCES public.crisis_payment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_escalationstep
    ADD CONSTRAINT crisis_escalationstep_case_id_376b0922_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_escalationstep
    ADD CONSTRAINT crisis_escalationstep_event_id_3aef0646_fk_crisis_caseevent_id FOREIGN KEY (event_id) REFERENCES public.crisis_caseevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_escalationstep
    ADD CONSTRAINT crisis_escalationstep_owner_id_e95b7ea4_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ladderrung
    ADD CONSTRAINT crisis_ladderrung_owner_id_27e346fe_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgeraccount
    ADD CONSTRAINT crisis_ledgeraccount_customer_id_9bb6e598_fk_crisis_customer_id FOREIGN KEY (customer_id) REFERENCES public.crisis_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_approved_by_id_21d2daa1_fk_people_person_id FOREIGN KEY (approved_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_case_id_ca020da0_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_made_by_id_1913c29c_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgerentry
    ADD CONSTRAINT crisis_ledgerentry_reverses_id_7731d9c0_fk_crisis_le FOREIGN KEY (reverses_id) REFERENCES public.crisis_ledgerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgerposting
    ADD CONSTRAINT crisis_ledgerposting_account_id_318c890a_fk_crisis_le FOREIGN KEY (account_id) REFERENCES public.crisis_ledgeraccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ledgerposting
    ADD CONSTRAINT crisis_ledgerposting_entry_id_26f3a522_fk_crisis_ledgerentry_id FOREIGN KEY (entry_id) REFERENCES public.crisis_ledgerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_matrixrow
    ADD CONSTRAINT crisis_matrixrow_kind_id_dd34ee7d_fk_crisis_offerkind_id FOREIGN KEY (kind_id) REFERENCES public.crisis_offerkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_message
    ADD CONSTRAINT crisis_message_agent_id_7979957b_fk_people_person_id FOREIGN KEY (agent_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_message
    ADD CONSTRAINT crisis_message_conversation_id_23553299_fk_crisis_co FOREIGN KEY (conversation_id) REFERENCES public.crisis_conversation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_budget_id_ffc66a5b_fk_crisis_budget_id FOREIGN KEY (budget_id) REFERENCES public.crisis_budget(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_case_id_939d8116_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_entry_id_4fb90610_fk_crisis_ledgerentry_id FOREIGN KEY (entry_id) REFERENCES public.crisis_ledgerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_event_id_b2eae09a_fk_crisis_caseevent_id FOREIGN KEY (event_id) REFERENCES public.crisis_caseevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_kind_id_4eeca602_fk_crisis_offerkind_id FOREIGN KEY (kind_id) REFERENCES public.crisis_offerkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_limit_id_845d22d6_fk_crisis_authoritylimit_id FOREIGN KEY (limit_id) REFERENCES public.crisis_authoritylimit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_made_by_id_3cefcb13_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_offer
    ADD CONSTRAINT crisis_offer_matrix_row_id_cb3d210c_fk_crisis_matrixrow_id FOREIGN KEY (matrix_row_id) REFERENCES public.crisis_matrixrow(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_contract_id_bad80623_fk_crisis_contract_id FOREIGN KEY (contract_id) REFERENCES public.crisis_contract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_customer_id_f74e0bc4_fk_crisis_customer_id FOREIGN KEY (customer_id) REFERENCES public.crisis_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payment
    ADD CONSTRAINT crisis_payment_entry_id_0339a920_fk_crisis_ledgerentry_id FOREIGN KEY (entry_id) REFERENCES public.crisis_ledgerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_case_id_2b033adb_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_entry_id_0fa00ff2_fk_crisis_ledgerentry_id FOREIGN KEY (entry_id) REFERENCES public.crisis_ledgerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_payment_id_3dfe0d3d_fk_crisis_payment_id FOREIGN KEY (payment_id) REFERENCES public.crisis_payment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_paymentchoice
    ADD CONSTRAINT crisis_paymentchoice_recorded_by_id_9ca8e7e7_fk_people_pe FOREIGN KEY (recorded_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_case_id_a19d60b4_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_customer_id_c3703bab_fk_crisis_customer_id FOREIGN KEY (customer_id) REFERENCES public.crisis_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_entry_id_ca652707_fk_crisis_ledgerentry_id FOREIGN KEY (entry_id) REFERENCES public.crisis_ledgerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_payout
    ADD CONSTRAINT crisis_payout_requested_by_id_75b2c7f0_fk_people_person_id FOREIGN KEY (requested_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ratingrequest
    ADD CONSTRAINT crisis_ratingrequest_case_id_a7cda608_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ratingrequest
    ADD CONSTRAINT crisis_ratingrequest_conversation_id_a0fc9498_fk_crisis_co FOREIGN KEY (conversation_id) REFERENCES public.crisis_conversation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_ratingrequest
    ADD CONSTRAINT crisis_ratingrequest_person_id_876110f2_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_approved_by_id_b33d14c1_fk_people_person_id FOREIGN KEY (approved_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_case_id_2974f788_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_contract_id_98b00134_fk_crisis_contract_id FOREIGN KEY (contract_id) REFERENCES public.crisis_contract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_counted_by_id_2fdb324a_fk_people_person_id FOREIGN KEY (counted_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_payout_id_6a858ff1_fk_crisis_payout_id FOREIGN KEY (payout_id) REFERENCES public.crisis_payout(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_refund
    ADD CONSTRAINT crisis_refund_started_by_id_a6c59f5d_fk_people_person_id FOREIGN KEY (started_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_skillholding
    ADD CONSTRAINT crisis_skillholding_person_id_ae1cef00_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_skillholding
    ADD CONSTRAINT crisis_skillholding_skill_id_f8c9b8e0_fk_crisis_deskskill_id FOREIGN KEY (skill_id) REFERENCES public.crisis_deskskill(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_trainingwish
    ADD CONSTRAINT crisis_trainingwish_case_id_d3b5c25b_fk_crisis_crisiscase_id FOREIGN KEY (case_id) REFERENCES public.crisis_crisiscase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_trainingwish
    ADD CONSTRAINT crisis_trainingwish_person_id_d27734a9_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.crisis_workinterval
    ADD CONSTRAINT crisis_workinterval_calendar_id_a62a1f19_fk_crisis_de FOREIGN KEY (calendar_id) REFERENCES public.crisis_deskcalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_reaction
    ADD CONSTRAINT kernel_reaction_event_id_6313c22e_fk_kernel_outboxevent_id FOREIGN KEY (event_id) REFERENCES public.kernel_outboxevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_attendance
    ADD CONSTRAINT learning_attendance_marked_by_id_742dcea1_fk_people_person_id FOREIGN KEY (marked_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_attendance
    ADD CONSTRAINT learning_attendance_person_id_6156b2c2_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_attendance
    ADD CONSTRAINT learning_attendance_session_id_96dbc331_fk_learning_ FOREIGN KEY (session_id) REFERENCES public.learning_livesession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_booking_made_by_id_1f997949_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_booking_person_id_33095bd7_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_booking_session_id_dc6dcb58_fk_learning_livesession_id FOREIGN KEY (session_id) REFERENCES public.learning_livesession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_booking
    ADD CONSTRAINT learning_booking_team_id_fc7cad90_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_calendarfeed
    ADD CONSTRAINT learning_calendarfeed_person_id_28b235c6_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_awarded_by_id_c884ddba_fk_people_person_id FOREIGN KEY (awarded_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificateturn
    ADD CONSTRAINT learning_certificate_certificate_id_1f54873a_fk_learning_ FOREIGN KEY (certificate_id) REFERENCES public.learning_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificatekind_contact_types
    ADD CONSTRAINT learning_certificate_certificatekind_id_3c34a93c_fk_learning_ FOREIGN KEY (certificatekind_id) REFERENCES public.learning_certificatekind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificatekind_contact_types
    ADD CONSTRAINT learning_certificate_contacttype_id_a641d527_fk_learning_ FOREIGN KEY (contacttype_id) REFERENCES public.learning_contacttype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_kind_id_463ed7bb_fk_learning_ FOREIGN KEY (kind_id) REFERENCES public.learning_certificatekind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_person_id_2fd745f8_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_certificate
    ADD CONSTRAINT learning_certificate_revoked_by_id_d28e9adc_fk_people_person_id FOREIGN KEY (revoked_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_contacttype
    ADD CONSTRAINT learning_contacttype_line_id_4d24f3ec_fk_people_line_id FOREIGN KEY (line_id) REFERENCES public.people_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_dispatch
    ADD CONSTRAINT learning_dispatch_person_id_dd2532e3_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_enrolled_by_id_e179a7d7_fk_people_person_id FOREIGN KEY (enrolled_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_intake_id_5c7cd9cb_fk_learning_intake_id FOREIGN KEY (intake_id) REFERENCES public.learning_intake(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_person_id_a4030103_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_programme_id_f1ba17b0_fk_learning_ FOREIGN KEY (programme_id) REFERENCES public.learning_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_stage_id_8ff47f6d_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolment
    ADD CONSTRAINT learning_enrolment_version_id_7812a8ec_fk_learning_ FOREIGN KEY (version_id) REFERENCES public.learning_programmeversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolmentevent
    ADD CONSTRAINT learning_enrolmentev_enrolment_id_0ba493e7_fk_learning_ FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_enrolmentevent
    ADD CONSTRAINT learning_enrolmentevent_by_id_1d5faf3a_fk_people_person_id FOREIGN KEY (by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_frozenitem
    ADD CONSTRAINT learning_frozenitem_item_id_3508b8da_fk_learning_planitem_id FOREIGN KEY (item_id) REFERENCES public.learning_planitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_frozenitem
    ADD CONSTRAINT learning_frozenitem_person_id_4677b83c_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_frozenitem
    ADD CONSTRAINT learning_frozenitem_team_id_f67d4435_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_frozenitem
    ADD CONSTRAINT learning_frozenitem_version_id_38b06a28_fk_learning_ FOREIGN KEY (version_id) REFERENCES public.learning_planversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_intake
    ADD CONSTRAINT learning_intake_programme_id_8dc085e4_fk_learning_programme_id FOREIGN KEY (programme_id) REFERENCES public.learning_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_livesession_kind_id_56fc7da3_fk_learning_ FOREIGN KEY (kind_id) REFERENCES public.learning_sessionkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_livesession_room_id_ad2d6368_fk_learning_room_id FOREIGN KEY (room_id) REFERENCES public.learning_room(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_livesession
    ADD CONSTRAINT learning_livesession_trainer_id_d400a69e_fk_people_person_id FOREIGN KEY (trainer_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_about_id_10d6c4cc_fk_people_person_id FOREIGN KEY (about_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_copy_of_id_39ef3e83_fk_learning_notice_id FOREIGN KEY (copy_of_id) REFERENCES public.learning_notice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_dispatch_id_9bd9f4c0_fk_learning_dispatch_id FOREIGN KEY (dispatch_id) REFERENCES public.learning_dispatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_owner_id_bfedbe85_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_notice
    ADD CONSTRAINT learning_notice_person_id_4109288c_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_noticepreferences
    ADD CONSTRAINT learning_noticeprefe_person_id_12df925e_fk_people_pe FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_panelmark
    ADD CONSTRAINT learning_panelmark_enrolment_id_0073eb14_fk_learning_ FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_panelmark
    ADD CONSTRAINT learning_panelmark_judge_id_dcc8b3f2_fk_people_person_id FOREIGN KEY (judge_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_panelmark
    ADD CONSTRAINT learning_panelmark_stage_id_f0c57a02_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_pause
    ADD CONSTRAINT learning_pause_enrolment_id_a25520e4_fk_learning_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_certificate_id_13b700d9_fk_learning_ FOREIGN KEY (certificate_id) REFERENCES public.learning_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_contact_type_id_cde9ab5e_fk_learning_ FOREIGN KEY (contact_type_id) REFERENCES public.learning_contacttype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_granted_by_id_1b0272fa_fk_people_person_id FOREIGN KEY (granted_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_person_id_24d5f9e5_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_permit
    ADD CONSTRAINT learning_permit_withdrawn_by_id_fb0f4f27_fk_people_person_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_planitem
    ADD CONSTRAINT learning_planitem_enrolment_id_f1c09f31_fk_learning_ FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_planitem
    ADD CONSTRAINT learning_planitem_person_id_1234e8ae_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_planitem
    ADD CONSTRAINT learning_planitem_stage_id_0eb53786_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_planversion
    ADD CONSTRAINT learning_planversion_frozen_by_id_28a03ee1_fk_people_person_id FOREIGN KEY (frozen_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_programme
    ADD CONSTRAINT learning_programme_owner_id_84862fb7_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_programmeversion
    ADD CONSTRAINT learning_programmeve_made_by_id_353d1e3c_fk_people_pe FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_programmeversion
    ADD CONSTRAINT learning_programmeve_programme_id_f65d3e1d_fk_learning_ FOREIGN KEY (programme_id) REFERENCES public.learning_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_proof
    ADD CONSTRAINT learning_proof_decided_by_id_cf0f2c35_fk_people_person_id FOREIGN KEY (decided_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_proof
    ADD CONSTRAINT learning_proof_item_id_1c57f136_fk_learning_planitem_id FOREIGN KEY (item_id) REFERENCES public.learning_planitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_signoff
    ADD CONSTRAINT learning_signoff_by_id_594dc590_fk_people_person_id FOREIGN KEY (by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_signoff
    ADD CONSTRAINT learning_signoff_enrolment_id_b9f798c2_fk_learning_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_signoff
    ADD CONSTRAINT learning_signoff_stage_id_0433bd23_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_stage
    ADD CONSTRAINT learning_stage_version_id_0837d6d3_fk_learning_ FOREIGN KEY (version_id) REFERENCES public.learning_programmeversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_stageactivity
    ADD CONSTRAINT learning_stageactivity_stage_id_073355c7_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_stagepassage
    ADD CONSTRAINT learning_stagepassag_enrolment_id_ae2b0055_fk_learning_ FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_stagepassage
    ADD CONSTRAINT learning_stagepassage_stage_id_fd3a5ffb_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_topicremedy
    ADD CONSTRAINT learning_topicremedy_course_id_76b63cd7_fk_content_course_id FOREIGN KEY (course_id) REFERENCES public.content_course(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_topicremedy
    ADD CONSTRAINT learning_topicremedy_topic_id_338dbb18_fk_assessment_topic_id FOREIGN KEY (topic_id) REFERENCES public.assessment_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_trigger
    ADD CONSTRAINT learning_trigger_created_by_id_14d8d1bf_fk_people_person_id FOREIGN KEY (created_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_trigger
    ADD CONSTRAINT learning_trigger_intake_id_fc21774c_fk_learning_intake_id FOREIGN KEY (intake_id) REFERENCES public.learning_intake(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_trigger
    ADD CONSTRAINT learning_trigger_programme_id_0186c164_fk_learning_programme_id FOREIGN KEY (programme_id) REFERENCES public.learning_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_triggerhit
    ADD CONSTRAINT learning_triggerhit_enrolment_id_bd2c6c6c_fk_learning_ FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_triggerhit
    ADD CONSTRAINT learning_triggerhit_person_id_0f0e0b9f_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_triggerhit
    ADD CONSTRAINT learning_triggerhit_run_id_e26313b1_fk_learning_triggerrun_id FOREIGN KEY (run_id) REFERENCES public.learning_triggerrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_triggerhit
    ADD CONSTRAINT learning_triggerhit_trigger_id_51703549_fk_learning_trigger_id FOREIGN KEY (trigger_id) REFERENCES public.learning_trigger(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_triggerrun
    ADD CONSTRAINT learning_triggerrun_by_id_ea855ee4_fk_people_person_id FOREIGN KEY (by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_triggerrun
    ADD CONSTRAINT learning_triggerrun_trigger_id_ece93d26_fk_learning_trigger_id FOREIGN KEY (trigger_id) REFERENCES public.learning_trigger(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_waiver
    ADD CONSTRAINT learning_waiver_by_id_467650d7_fk_people_person_id FOREIGN KEY (by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_waiver
    ADD CONSTRAINT learning_waiver_enrolment_id_ab808ece_fk_learning_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.learning_enrolment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.learning_waiver
    ADD CONSTRAINT learning_waiver_stage_id_583e44f0_fk_learning_stage_id FOREIGN KEY (stage_id) REFERENCES public.learning_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_importrun
    ADD CONSTRAINT metrics_importrun_started_by_id_d140262b_fk_people_person_id FOREIGN KEY (started_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_importrun
    ADD CONSTRAINT metrics_importrun_task_id_f4fb2c5c_fk_kernel_longtask_id FOREIGN KEY (task_id) REFERENCES public.kernel_longtask(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_mapping
    ADD CONSTRAINT metrics_mapping_saved_by_id_157165f3_fk_people_person_id FOREIGN KEY (saved_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_grade_id_57aafacc_fk_people_grade_id FOREIGN KEY (grade_id) REFERENCES public.people_grade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_line_id_39c5ffd2_fk_people_line_id FOREIGN KEY (line_id) REFERENCES public.people_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_partner_id_448f1ec2_fk_people_partner_id FOREIGN KEY (partner_id) REFERENCES public.people_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_person_id_059ba7d7_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_team_id_3c54f51d_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_person_id FOREIGN KEY (user_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_apikey
    ADD CONSTRAINT people_apikey_person_id_ffacd32b_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_employment
    ADD CONSTRAINT people_employment_partner_id_58dab564_fk_people_partner_id FOREIGN KEY (partner_id) REFERENCES public.people_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_employment
    ADD CONSTRAINT people_employment_person_id_fd9f2f57_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_grade
    ADD CONSTRAINT people_grade_ladder_id_b3ba1c29_fk_people_ladder_id FOREIGN KEY (ladder_id) REFERENCES public.people_ladder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_gradeholding
    ADD CONSTRAINT people_gradeholding_grade_id_74afd4eb_fk_people_grade_id FOREIGN KEY (grade_id) REFERENCES public.people_grade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_gradeholding
    ADD CONSTRAINT people_gradeholding_ladder_id_1cb2db46_fk_people_ladder_id FOREIGN KEY (ladder_id) REFERENCES public.people_ladder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_gradeholding
    ADD CONSTRAINT people_gradeholding_person_id_c8192662_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_invited_by_id_3784d49d_fk_people_person_id FOREIGN KEY (invited_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_person_id_d00204d6_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_lineclearance
    ADD CONSTRAINT people_lineclearance_line_id_817854ea_fk_people_line_id FOREIGN KEY (line_id) REFERENCES public.people_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_lineclearance
    ADD CONSTRAINT people_lineclearance_person_id_84a73e5c_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_peopleimport
    ADD CONSTRAINT people_peopleimport_task_id_e1c000b0_fk_kernel_longtask_id FOREIGN KEY (task_id) REFERENCES public.kernel_longtask(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_peopleimport
    ADD CONSTRAINT people_peopleimport_uploaded_by_id_2a36acd6_fk_people_person_id FOREIGN KEY (uploaded_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_peoplemapping
    ADD CONSTRAINT people_peoplemapping_saved_by_id_9658e2fc_fk_people_person_id FOREIGN KEY (saved_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_personalias
    ADD CONSTRAINT people_personalias_person_id_0b9a9bca_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_postholding
    ADD CONSTRAINT people_postholding_person_id_609a111f_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_postholding
    ADD CONSTRAINT people_postholding_post_id_ff289074_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_partner_id_bac6a1a8_fk_people_partner_id FOREIGN KEY (partner_id) REFERENCES public.people_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_person_id_ebd07ebf_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_team_id_0cb7ec82_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_line_id_5b16fe94_fk_people_line_id FOREIGN KEY (line_id) REFERENCES public.people_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_partner_id_fe9b68ba_fk_people_partner_id FOREIGN KEY (partner_id) REFERENCES public.people_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_teamleadership
    ADD CONSTRAINT people_teamleadership_person_id_471cbb78_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_teamleadership
    ADD CONSTRAINT people_teamleadership_team_id_6f25ba7c_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_teammembership
    ADD CONSTRAINT people_teammembership_person_id_48f0ebd2_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_teammembership
    ADD CONSTRAINT people_teammembership_team_id_66ae7a36_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_guidecheck
    ADD CONSTRAINT procedures_guidechec_version_id_e5e7f992_fk_procedure FOREIGN KEY (version_id) REFERENCES public.procedures_guideversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_guideversion
    ADD CONSTRAINT procedures_guidevers_guide_id_fe32c34b_fk_procedure FOREIGN KEY (guide_id) REFERENCES public.procedures_guide(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_guideversion
    ADD CONSTRAINT procedures_guideversion_made_by_id_d3547666_fk_people_person_id FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_labelledmessage
    ADD CONSTRAINT procedures_labelledm_added_by_id_6962687d_fk_people_pe FOREIGN KEY (added_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_lexiconexample
    ADD CONSTRAINT procedures_lexiconex_rule_id_8ed62af5_fk_procedure FOREIGN KEY (rule_id) REFERENCES public.procedures_lexiconrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_lexiconrule
    ADD CONSTRAINT procedures_lexiconru_version_id_692cdb01_fk_procedure FOREIGN KEY (version_id) REFERENCES public.procedures_lexiconversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_lexiconversion
    ADD CONSTRAINT procedures_lexiconve_based_on_id_c5c2ad64_fk_procedure FOREIGN KEY (based_on_id) REFERENCES public.procedures_lexiconversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_lexiconversion
    ADD CONSTRAINT procedures_lexiconve_made_by_id_3cc8f402_fk_people_pe FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_lexiconversion
    ADD CONSTRAINT procedures_lexiconve_published_by_id_828220e4_fk_people_pe FOREIGN KEY (published_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_missedphrase
    ADD CONSTRAINT procedures_missedphr_decided_by_id_97cfc4af_fk_people_pe FOREIGN KEY (decided_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_missedphrase
    ADD CONSTRAINT procedures_missedphr_proposed_by_id_931b56a4_fk_people_pe FOREIGN KEY (proposed_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_refusalpo_made_by_id_4a48a3a5_fk_people_pe FOREIGN KEY (made_by_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_refusalpolicy_line_id_96707fd2_fk_people_line_id FOREIGN KEY (line_id) REFERENCES public.people_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_refusalpolicy
    ADD CONSTRAINT procedures_refusalpolicy_team_id_65bf21d9_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_social_user_id_8146e70c_fk_people_pe FOREIGN KEY (user_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
