"""The ledger keeps its own rules: entries add up at commit, never change, and are undone once, by their mirror.

Late legs need no look at transactions: an entry says how many legs it has, a leg's number lies within, and (entry, n)
is the key, so a committed entry has no free number left. That holds with savepoints and after a restore, too.
Refunds of a contract never exceed what was paid; two at once queue for the contract's row.
"""

from django.db import migrations

LEGS = """
CREATE FUNCTION crisis_ledger_leg() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER crisis_ledger_leg AFTER INSERT ON crisis_ledgerposting
    FOR EACH ROW EXECUTE FUNCTION crisis_ledger_leg();

CREATE FUNCTION crisis_ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER crisis_ledger_balances AFTER INSERT ON crisis_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crisis_ledger_balances();
"""
LEGS_BACK = """
DROP TRIGGER crisis_ledger_balances ON crisis_ledgerentry; DROP FUNCTION crisis_ledger_balances();
DROP TRIGGER crisis_ledger_leg ON crisis_ledgerposting; DROP FUNCTION crisis_ledger_leg();
"""
APPEND_ONLY = """
CREATE TRIGGER crisis_entry_append_only BEFORE UPDATE OR DELETE ON crisis_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER crisis_posting_append_only BEFORE UPDATE OR DELETE ON crisis_ledgerposting
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER crisis_entry_no_truncate BEFORE TRUNCATE ON crisis_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
CREATE TRIGGER crisis_posting_no_truncate BEFORE TRUNCATE ON crisis_ledgerposting
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_truncate();
"""
APPEND_ONLY_BACK = """
DROP TRIGGER crisis_posting_no_truncate ON crisis_ledgerposting;
DROP TRIGGER crisis_entry_no_truncate ON crisis_ledgerentry;
DROP TRIGGER crisis_posting_append_only ON crisis_ledgerposting;
DROP TRIGGER crisis_entry_append_only ON crisis_ledgerentry;
"""
ACCOUNTS = """
CREATE FUNCTION crisis_ledger_account() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER crisis_ledger_account BEFORE INSERT OR UPDATE ON crisis_ledgeraccount
    FOR EACH ROW EXECUTE FUNCTION crisis_ledger_account();
"""
ACCOUNTS_BACK = """
DROP TRIGGER crisis_ledger_account ON crisis_ledgeraccount; DROP FUNCTION crisis_ledger_account();
"""
REFUNDS = """
CREATE FUNCTION crisis_refunds_within_paid() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER crisis_refunds_within_paid BEFORE INSERT OR UPDATE ON crisis_refund
    FOR EACH ROW EXECUTE FUNCTION crisis_refunds_within_paid();

CREATE FUNCTION crisis_paid_covers_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.paid < (
        SELECT coalesce(sum(amount), 0) FROM crisis_refund WHERE contract_id = NEW.id AND status <> 'cancelled'
    ) THEN
        RAISE EXCEPTION 'refunds of contract % exceed what was paid', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'crisis_refunds_within_paid';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER crisis_paid_covers_refunds BEFORE UPDATE OF paid, currency ON crisis_contract
    FOR EACH ROW EXECUTE FUNCTION crisis_paid_covers_refunds();
"""
REFUNDS_BACK = """
DROP TRIGGER crisis_paid_covers_refunds ON crisis_contract; DROP FUNCTION crisis_paid_covers_refunds();
DROP TRIGGER crisis_refunds_within_paid ON crisis_refund; DROP FUNCTION crisis_refunds_within_paid();
"""


class Migration(migrations.Migration):
    dependencies = [("crisis", "0003_money"), ("kernel", "0003_journal_stays")]

    operations = [
        migrations.RunSQL(LEGS, LEGS_BACK),
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
        migrations.RunSQL(ACCOUNTS, ACCOUNTS_BACK),
        migrations.RunSQL(REFUNDS, REFUNDS_BACK),
    ]
