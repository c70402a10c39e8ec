"""The deeds of lending: one function a deed, one transaction, one line of the audit trail."""
