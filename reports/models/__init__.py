from reports.models.pack import EvidencePack, PackFrozenError

__all__ = ["EvidencePack", "PackFrozenError"]
