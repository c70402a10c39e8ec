-- A fund's record of papers: a line is added after the last one, and stays as it is.
CREATE FUNCTION audit_record_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.lines <> 0 OR NEW.link <> decode(repeat('00', 32), 'hex') THEN
            RAISE EXCEPTION 'audit: a record of papers begins empty, once'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.fund_id <> OLD.fund_id OR NEW.lines <> OLD.lines + 1 OR length(NEW.link) <> 32 THEN
        RAISE EXCEPTION 'audit: a record of papers grows by one line at a time'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
--;
CREATE TRIGGER audit_record_grows BEFORE INSERT OR UPDATE ON audit_paperrecord
    FOR EACH ROW EXECUTE FUNCTION audit_record_grows();
--;
CREATE TRIGGER audit_record_never BEFORE DELETE OR TRUNCATE ON audit_paperrecord
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
--;
CREATE FUNCTION audit_comes_last() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF length(NEW.link) <> 32 OR NEW.number IS DISTINCT FROM
        (SELECT lines + 1 FROM audit_paperrecord WHERE fund_id = NEW.fund_id) THEN
        RAISE EXCEPTION 'audit: % comes after the last line of its fund', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
--;
CREATE TRIGGER audit_paper_comes_last BEFORE INSERT ON audit_keptpaper
    FOR EACH ROW EXECUTE FUNCTION audit_comes_last();
--;
CREATE TRIGGER audit_paper_never BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_keptpaper
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
--;
CREATE TRIGGER audit_redaction_comes_last BEFORE INSERT ON audit_redaction
    FOR EACH ROW EXECUTE FUNCTION audit_comes_last();
--;
CREATE TRIGGER audit_redaction_never BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_redaction
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
--;
ALTER TABLE audit_redaction ADD CONSTRAINT audit_redaction_reason CHECK (btrim(reason) <> '');
