CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_auditline BEGIN
    SELECT raise(ABORT, 'audit: lines are never changed');
END;
--;
CREATE TRIGGER audit_line_no_delete BEFORE DELETE ON audit_auditline BEGIN
    SELECT raise(ABORT, 'audit: lines are never taken out');
END;
