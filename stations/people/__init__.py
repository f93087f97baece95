"""Who may do what: accounts, devices, enrolment, the one access table and the audit trail. It counts nobody's use."""
