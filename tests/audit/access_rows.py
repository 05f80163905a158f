from tests.access import Row

ROWS = [Row("audit:audit_list", ok={"auditor"})]
