from audit.services.recording import record
from audit.services.sealing import Fault, Verdict, seal_rows, verify_chain

__all__ = ["Fault", "Verdict", "record", "seal_rows", "verify_chain"]
