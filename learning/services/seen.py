"""From where a report came, as far as it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """Device and address of a request. Hashes are keyed: they can be compared, not read."""

    device_label: str = ""
    device_hash: str = ""
    address_hash: str = ""


NOWHERE = Seen()
