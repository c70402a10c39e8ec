-- A fund's record of papers: a line is added after the last one, and stays as it is.
CREATE TRIGGER audit_record_from_the_start BEFORE INSERT ON audit_paperrecord
WHEN NEW.lines <> 0 OR NEW.link <> zeroblob(32)
OR EXISTS (SELECT 1 FROM audit_paperrecord WHERE fund_id = NEW.fund_id) BEGIN
    SELECT raise(ABORT, 'audit: a record of papers begins empty, once');
END;
--;
CREATE TRIGGER audit_record_only_grows BEFORE UPDATE ON audit_paperrecord
WHEN NEW.fund_id <> OLD.fund_id OR NEW.lines <> OLD.lines + 1 OR length(NEW.link) <> 32 BEGIN
    SELECT raise(ABORT, 'audit: a record of papers grows by one line at a time');
END;
--;
CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_paperrecord BEGIN
    SELECT raise(ABORT, 'audit: a record of papers is never taken out');
END;
--;
-- INSERT OR REPLACE would take an old row out without asking a DELETE trigger.
CREATE TRIGGER audit_paper_comes_last BEFORE INSERT ON audit_keptpaper
WHEN EXISTS (SELECT 1 FROM audit_keptpaper WHERE id = NEW.id)
OR length(NEW.link) <> 32
OR NEW.number IS NOT (SELECT lines + 1 FROM audit_paperrecord WHERE fund_id = NEW.fund_id) BEGIN
    SELECT raise(ABORT, 'audit: a paper comes after the last line of its fund');
END;
--;
CREATE TRIGGER audit_paper_no_update BEFORE UPDATE ON audit_keptpaper BEGIN
    SELECT raise(ABORT, 'audit: papers are never changed');
END;
--;
CREATE TRIGGER audit_paper_no_delete BEFORE DELETE ON audit_keptpaper BEGIN
    SELECT raise(ABORT, 'audit: papers are never taken out');
END;
--;
CREATE TRIGGER audit_redaction_comes_last BEFORE INSERT ON audit_redaction
WHEN EXISTS (SELECT 1 FROM audit_redaction WHERE id = NEW.id)
OR length(NEW.link) <> 32 OR trim(NEW.reason) = ''
OR NEW.number IS NOT (SELECT lines + 1 FROM audit_paperrecord WHERE fund_id = NEW.fund_id) BEGIN
    SELECT raise(ABORT, 'audit: a redaction has its reason and comes after the last line');
END;
--;
CREATE TRIGGER audit_redaction_no_update BEFORE UPDATE ON audit_redaction BEGIN
    SELECT raise(ABORT, 'audit: redactions are never changed');
END;
--;
CREATE TRIGGER audit_redaction_no_delete BEFORE DELETE ON audit_redaction BEGIN
    SELECT raise(ABORT, 'audit: redactions are never taken out');
END;
