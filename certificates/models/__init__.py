from certificates.models.certificate import Certificate
from certificates.models.revocation import Revocation
from certificates.models.scheme import CertificateScheme, NumberCounter

__all__ = ["Certificate", "CertificateScheme", "NumberCounter", "Revocation"]
