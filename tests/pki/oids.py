# SPDX-License-Identifier: Apache-2.0
"""Object identifiers by the names the RFCs give them."""

ATTRIBUTES = {
    "CN": "2.5.4.3", "SN": "2.5.4.4", "serialNumber": "2.5.4.5", "C": "2.5.4.6", "L": "2.5.4.7", "ST": "2.5.4.8",
    "street": "2.5.4.9", "O": "2.5.4.10", "OU": "2.5.4.11", "title": "2.5.4.12", "name": "2.5.4.41",
    "GN": "2.5.4.42", "initials": "2.5.4.43", "generationQualifier": "2.5.4.44", "dnQualifier": "2.5.4.46",
    "pseudonym": "2.5.4.65", "organizationIdentifier": "2.5.4.97", "DC": "0.9.2342.19200300.100.1.25",
    "UID": "0.9.2342.19200300.100.1.1", "emailAddress": "1.2.840.113549.1.9.1",
}

EXTENSIONS = {
    "subjectDirectoryAttributes": "2.5.29.9", "subjectKeyIdentifier": "2.5.29.14", "keyUsage": "2.5.29.15",
    "privateKeyUsagePeriod": "2.5.29.16", "subjectAltName": "2.5.29.17", "issuerAltName": "2.5.29.18",
    "basicConstraints": "2.5.29.19", "cRLNumber": "2.5.29.20", "reasonCode": "2.5.29.21",
    "holdInstructionCode": "2.5.29.23", "invalidityDate": "2.5.29.24", "deltaCRLIndicator": "2.5.29.27",
    "issuingDistributionPoint": "2.5.29.28", "certificateIssuer": "2.5.29.29", "nameConstraints": "2.5.29.30",
    "cRLDistributionPoints": "2.5.29.31", "certificatePolicies": "2.5.29.32", "policyMappings": "2.5.29.33",
    "authorityKeyIdentifier": "2.5.29.35", "policyConstraints": "2.5.29.36", "extKeyUsage": "2.5.29.37",
    "freshestCRL": "2.5.29.46", "inhibitAnyPolicy": "2.5.29.54", "targetInformation": "2.5.29.55",
    "noRevAvail": "2.5.29.56", "authorityInfoAccess": "1.3.6.1.5.5.7.1.1", "auditIdentity": "1.3.6.1.5.5.7.1.4",
    "aaControls": "1.3.6.1.5.5.7.1.6",
    "subjectInfoAccess": "1.3.6.1.5.5.7.1.11", "ocspNoCheck": "1.3.6.1.5.5.7.48.1.5",
    "smimeCapabilities": "1.2.840.113549.1.9.15", "netscapeCertType": "2.16.840.1.113730.1.1",
    "netscapeComment": "2.16.840.1.113730.1.13",
}

PURPOSES = {
    "any": "2.5.29.37.0", "serverAuth": "1.3.6.1.5.5.7.3.1", "clientAuth": "1.3.6.1.5.5.7.3.2",
    "codeSigning": "1.3.6.1.5.5.7.3.3", "emailProtection": "1.3.6.1.5.5.7.3.4",
    "timeStamping": "1.3.6.1.5.5.7.3.8", "OCSPSigning": "1.3.6.1.5.5.7.3.9",
}

ACCESS_METHODS = {"ocsp": "1.3.6.1.5.5.7.48.1", "caIssuers": "1.3.6.1.5.5.7.48.2",
                  "caRepository": "1.3.6.1.5.5.7.48.5", "timeStamping": "1.3.6.1.5.5.7.48.3"}

ANY_POLICY = "2.5.29.32.0"
CPS_QUALIFIER, NOTICE_QUALIFIER = "1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"
SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9"

# Policies and private objects of these tests: an arc for examples.
TEST = "1.3.6.1.4.1.32473"
POLICY_A, POLICY_B, POLICY_C, POLICY_D = (f"{TEST}.1.{n}" for n in (1, 2, 3, 4))
PRIVATE_EXTENSION, PRIVATE_ATTRIBUTE, PRIVATE_QUALIFIER = f"{TEST}.2.1", f"{TEST}.3.1", f"{TEST}.4.1"
PRIVATE_CONTENT, PRIVATE_ALGORITHM, PRIVATE_CURVE = f"{TEST}.5.1", f"{TEST}.6.1", f"{TEST}.6.2"

DIGESTS = {
    "md2": "1.2.840.113549.2.2", "md5": "1.2.840.113549.2.5", "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4", "sha256": "2.16.840.1.101.3.4.2.1", "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3", "shake256": "2.16.840.1.101.3.4.2.12",
}

KEYS = {
    "rsa": "1.2.840.113549.1.1.1", "rsassa-pss": "1.2.840.113549.1.1.10", "dsa": "1.2.840.10040.4.1",
    "ec": "1.2.840.10045.2.1", "dh": "1.2.840.10046.2.1", "pkcs3-dh": "1.2.840.113549.1.3.1",
    "x25519": "1.3.101.110", "x448": "1.3.101.111", "ed25519": "1.3.101.112", "ed448": "1.3.101.113",
}

CURVES = {"p256": "1.2.840.10045.3.1.7", "p384": "1.3.132.0.34", "p521": "1.3.132.0.35"}

SIGNATURES = {
    "rsa": KEYS["rsa"], "md2-rsa": "1.2.840.113549.1.1.2", "md5-rsa": "1.2.840.113549.1.1.4",
    "sha1-rsa": "1.2.840.113549.1.1.5", "sha224-rsa": "1.2.840.113549.1.1.14",
    "sha256-rsa": "1.2.840.113549.1.1.11", "sha384-rsa": "1.2.840.113549.1.1.12",
    "sha512-rsa": "1.2.840.113549.1.1.13", "pss": KEYS["rsassa-pss"],
    "sha1-dsa": "1.2.840.10040.4.3", "sha224-dsa": "2.16.840.1.101.3.4.3.1",
    "sha256-dsa": "2.16.840.1.101.3.4.3.2",
    "sha1-ecdsa": "1.2.840.10045.4.1", "sha224-ecdsa": "1.2.840.10045.4.3.1",
    "sha256-ecdsa": "1.2.840.10045.4.3.2", "sha384-ecdsa": "1.2.840.10045.4.3.3",
    "sha512-ecdsa": "1.2.840.10045.4.3.4", "ed25519": KEYS["ed25519"], "ed448": KEYS["ed448"],
    "unsigned": "1.3.6.1.5.5.7.6.36",
}
MGF1 = "1.2.840.113549.1.1.8"

CONTENT = {
    "data": "1.2.840.113549.1.7.1", "signedData": "1.2.840.113549.1.7.2", "envelopedData": "1.2.840.113549.1.7.3",
    "digestedData": "1.2.840.113549.1.7.5", "encryptedData": "1.2.840.113549.1.7.6",
    "compressedData": "1.2.840.113549.1.9.16.1.9", "authEnvelopedData": "1.2.840.113549.1.9.16.1.23",
    "receipt": "1.2.840.113549.1.9.16.1.1", "tstInfo": "1.2.840.113549.1.9.16.1.4",
}

CMS_ATTRIBUTES = {
    "contentType": "1.2.840.113549.1.9.3", "messageDigest": "1.2.840.113549.1.9.4",
    "signingTime": "1.2.840.113549.1.9.5", "countersignature": "1.2.840.113549.1.9.6",
    "smimeCapabilities": "1.2.840.113549.1.9.15", "signingCertificate": "1.2.840.113549.1.9.16.2.12",
    "signingCertificateV2": "1.2.840.113549.1.9.16.2.47", "encryptionKeyPreference": "1.2.840.113549.1.9.16.2.11",
    "algorithmProtection": "1.2.840.113549.1.9.52",
}

CIPHERS = {"aes128-cbc": "2.16.840.1.101.3.4.1.2", "aes256-cbc": "2.16.840.1.101.3.4.1.42",
           "tripleDES": "1.2.840.113549.3.7", "rc2": "1.2.840.113549.3.2"}
ZLIB = "1.2.840.113549.1.9.16.3.8"
OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2"
