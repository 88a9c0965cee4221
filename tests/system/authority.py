"""A certificate authority for one test, by the openssl command."""

import subprocess
from pathlib import Path

_REQUEST = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


class Authority:
    """Makes `ca.crt` in `folder`, and certificates that it has signed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        own = ["-x509", "-days", "2", "-subj", "/CN=plant authority", "-keyout", "ca.key", "-out", "ca.crt"]
        self._run([*_REQUEST, *own])

    def certify(self, name: str, alternative: str | None = None) -> None:
        """Make `name.crt` and `name.key`; `alternative` is an alternative name such as `IP:127.0.0.1`."""
        self._run([*_REQUEST, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr"])
        sign = ["openssl", "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key"]
        sign += ["-CAcreateserial", "-days", "2", "-out", f"{name}.crt"]
        if alternative is not None:
            (self.folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\n")
            sign += ["-extfile", f"{name}.ext"]
        self._run(sign)

    def _run(self, command: list[str]) -> None:
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
