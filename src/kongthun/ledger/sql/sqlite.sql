-- The books on SQLite. Lines are pencilled first, then the entry inks them: the entry is refused
-- unless its lines are there and balance, and after it no line can be added. A pencilled line
-- without its entry breaks the deferred key at COMMIT.
CREATE TABLE ledger_account (
    fund_id INTEGER NOT NULL REFERENCES ledger_fund (group_id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 24),
    kind TEXT NOT NULL,
    balance INTEGER NOT NULL,
    PRIMARY KEY (fund_id, code)
) STRICT, WITHOUT ROWID;
--;
CREATE TABLE ledger_entry (
    fund_id INTEGER NOT NULL REFERENCES ledger_fund (group_id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    deed TEXT NOT NULL CHECK (length(deed) BETWEEN 1 AND 24),
    happened_on TEXT NOT NULL CHECK (happened_on IS date(happened_on)),
    recorded_at TEXT NOT NULL,
    memo TEXT NOT NULL,
    document TEXT NOT NULL,
    reverses INTEGER CHECK (reverses < number),
    recorded_by INTEGER,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 80),
    source TEXT NOT NULL,
    link BLOB NOT NULL CHECK (length(link) = 32),
    PRIMARY KEY (fund_id, number),
    UNIQUE (fund_id, key),
    FOREIGN KEY (fund_id, reverses) REFERENCES ledger_entry (fund_id, number)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
--;
-- An entry is taken back once at most.
CREATE UNIQUE INDEX ledger_entry_reverses ON ledger_entry (fund_id, reverses)
    WHERE reverses IS NOT NULL;
--;
CREATE TABLE ledger_line (
    fund_id INTEGER NOT NULL,
    entry_number INTEGER NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    account TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (fund_id, entry_number, place),
    FOREIGN KEY (fund_id, entry_number) REFERENCES ledger_entry (fund_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (fund_id, account) REFERENCES ledger_account (fund_id, code)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
--;
CREATE INDEX ledger_line_account ON ledger_line (fund_id, account);
--;
CREATE TRIGGER ledger_entry_ink BEFORE INSERT ON ledger_entry BEGIN
    SELECT CASE
        WHEN count(*) < 2 THEN raise(ABORT, 'ledger: an entry needs two lines at least')
        WHEN sum(amount) <> 0 THEN raise(ABORT, 'ledger: the lines do not balance')
    END
    FROM ledger_line WHERE fund_id = NEW.fund_id AND entry_number = NEW.number;
END;
--;
-- INSERT OR REPLACE would take the old row out without asking a DELETE trigger.
CREATE TRIGGER ledger_entry_not_twice BEFORE INSERT ON ledger_entry
-- Asked apart: with OR in one question SQLite walks through every entry of the fund.
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE fund_id = NEW.fund_id AND number = NEW.number)
OR EXISTS (SELECT 1 FROM ledger_entry WHERE fund_id = NEW.fund_id AND key = NEW.key) BEGIN
    SELECT raise(ABORT, 'ledger: number or key is taken in this fund');
END;
--;
CREATE TRIGGER ledger_line_not_late BEFORE INSERT ON ledger_line
WHEN EXISTS (SELECT 1 FROM ledger_entry
             WHERE fund_id = NEW.fund_id AND number = NEW.entry_number) BEGIN
    SELECT raise(ABORT, 'ledger: the entry is inked, no line can be added');
END;
--;
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN
    SELECT raise(ABORT, 'ledger: entries are never changed');
END;
--;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN
    SELECT raise(ABORT, 'ledger: entries are never taken out');
END;
--;
CREATE TRIGGER ledger_line_no_update BEFORE UPDATE ON ledger_line BEGIN
    SELECT raise(ABORT, 'ledger: lines are never changed');
END;
--;
CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line BEGIN
    SELECT raise(ABORT, 'ledger: lines are never taken out');
END;
