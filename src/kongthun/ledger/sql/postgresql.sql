-- The books on PostgreSQL. Lines are pencilled first, then the entry inks them: the entry is
-- refused unless its lines are there and balance, and after it no line can be added. A pencilled
-- line without its entry breaks the deferred key at COMMIT.
CREATE TABLE ledger_account (
    fund_id bigint NOT NULL REFERENCES ledger_fund (group_id) DEFERRABLE INITIALLY DEFERRED,
    code varchar(24) NOT NULL CHECK (code <> ''),
    kind varchar(16) NOT NULL,
    balance bigint NOT NULL,
    PRIMARY KEY (fund_id, code)
);
--;
CREATE TABLE ledger_entry (
    fund_id bigint NOT NULL REFERENCES ledger_fund (group_id) DEFERRABLE INITIALLY DEFERRED,
    number bigint NOT NULL CHECK (number > 0),
    deed varchar(24) NOT NULL CHECK (deed <> ''),
    happened_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    memo varchar(200) NOT NULL,
    document varchar(60) NOT NULL,
    reverses bigint CHECK (reverses < number),
    recorded_by bigint,
    key varchar(80) NOT NULL CHECK (key <> ''),
    source varchar(80) NOT NULL,
    link bytea NOT NULL CHECK (length(link) = 32),
    PRIMARY KEY (fund_id, number),
    UNIQUE (fund_id, key),
    FOREIGN KEY (fund_id, reverses) REFERENCES ledger_entry (fund_id, number)
        DEFERRABLE INITIALLY DEFERRED
);
--;
-- An entry is taken back once at most.
CREATE UNIQUE INDEX ledger_entry_reverses ON ledger_entry (fund_id, reverses)
    WHERE reverses IS NOT NULL;
--;
CREATE TABLE ledger_line (
    fund_id bigint NOT NULL,
    entry_number bigint NOT NULL,
    place smallint NOT NULL CHECK (place >= 0),
    account varchar(24) NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (fund_id, entry_number, place),
    FOREIGN KEY (fund_id, entry_number) REFERENCES ledger_entry (fund_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (fund_id, account) REFERENCES ledger_account (fund_id, code)
        DEFERRABLE INITIALLY DEFERRED
);
--;
CREATE INDEX ledger_line_account ON ledger_line (fund_id, account);
--;
CREATE FUNCTION ledger_ink() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lines bigint;
    difference numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO lines, difference
    FROM ledger_line WHERE fund_id = NEW.fund_id AND entry_number = NEW.number;
    IF lines < 2 THEN
        RAISE EXCEPTION 'ledger: an entry needs two lines at least'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF difference <> 0 THEN
        RAISE EXCEPTION 'ledger: the lines do not balance'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
--;
CREATE FUNCTION ledger_not_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever pencils past the pen waits here for whoever is pencilling, and then sees the ink.
    PERFORM pg_advisory_xact_lock(NEW.fund_id);
    IF EXISTS (SELECT 1 FROM ledger_entry
               WHERE fund_id = NEW.fund_id AND number = NEW.entry_number) THEN
        RAISE EXCEPTION 'ledger: the entry is inked, no line can be added'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
--;
CREATE FUNCTION ledger_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger: % is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
--;
CREATE TRIGGER ledger_entry_ink BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_ink();
--;
CREATE TRIGGER ledger_line_not_late BEFORE INSERT ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION ledger_not_late();
--;
CREATE TRIGGER ledger_entry_never BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
--;
CREATE TRIGGER ledger_line_never BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_line
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
