"""Certificates for a test, made by `openssl`: authorities, what they issue, and what stands for itself."""

import pathlib
import shutil
import subprocess

from daemon import PATIENCE

NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
# Net-SNMP's own `tlstcp:` speaks TLS 1.0 alone, which OpenSSL has to be talked into.
OBSOLETE = """openssl_conf = a
[a]
ssl_conf = b
[b]
system_default = c
[c]
MinProtocol = TLSv1
CipherString = DEFAULT@SECLEVEL=0
"""


class Certificates:
    def __init__(self, directory):
        self.place = pathlib.Path(directory) / "certificates"
        self.place.mkdir()
        self.path("obsolete.cnf").write_text(OBSOLETE)

    def path(self, file):
        return self.place / file

    def openssl(self, *arguments):
        done = subprocess.run(["openssl", *arguments], cwd=self.place, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done
        return done.stdout

    def alone(self, name, subject=None):
        """Vouches for itself: an authority, or a peer that is known by its fingerprint."""
        self.openssl("req", "-x509", *NEW_KEY, "-subj", subject or f"/CN={name}", "-days", "30", "-keyout", f"{name}.key",
                     "-out", f"{name}.crt")

    def issued(self, name, subject, authority="authority", days=30, alternatives=None):
        self.openssl("req", *NEW_KEY, "-subj", subject, "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self.path(f"{name}.ext").write_text(f"subjectAltName={alternatives}\n" if alternatives else "")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key",
                     "-CAcreateserial", "-days", str(days), "-extfile", f"{name}.ext", "-out", f"{name}.crt")

    def fingerprint(self, name):
        return "sha256:" + self.openssl("x509", "-noout", "-fingerprint", "-sha256", "-in", f"{name}.crt").split("=")[1].strip()

    def install(self, environment):
        """Where Net-SNMP's tools look, which trust the authority alone."""
        for folder, ending in [("certs", "crt"), ("private", "key"), ("ca-certs", "crt")]:
            target = pathlib.Path(environment["SNMPCONFPATH"]) / "tls" / folder
            target.mkdir(parents=True, exist_ok=True)
            for file in self.place.glob("*." + ending):
                if folder != "ca-certs" or file.stem == "authority":
                    shutil.copy(file, target)

    def all(self):
        """Everyone that the scenarios know."""
        self.alone("authority")
        self.alone("elsewhere")
        self.issued("server", "/CN=localhost", alternatives="DNS:localhost,IP:127.0.0.1")
        self.issued("device", "/CN=router-7")
        self.alone("pinned")
        self.alone("stranger")
        self.issued("foreign", "/CN=router-8", authority="elsewhere")
        self.issued("expired", "/CN=router-9", days=-1)
        self.issued("nameless", "/O=No common name")
        return self

    def element(self, versions="current"):
        """`<tls>`: who the authority issued a certificate is known by its common name, `pinned` by its fingerprint."""
        return (f'<tls certificate="{self.path("server.crt")}" key="{self.path("server.key")}" '
                f'authorities="{self.path("authority.crt")}" versions="{versions}">'
                f'<peer fingerprint="{self.fingerprint("pinned")}" security-name="noc"/>'
                f'<peer fingerprint="{self.fingerprint("authority")}" from="common-name"/></tls>')
