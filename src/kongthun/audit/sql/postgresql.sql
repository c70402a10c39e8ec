CREATE FUNCTION audit_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit: % is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
--;
CREATE TRIGGER audit_line_never BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_auditline
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
