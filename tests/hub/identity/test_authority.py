"""The authority: made once, kept for its owner alone, and followed by another one."""

import stat
import subprocess
from pathlib import Path

import pytest
from cryptography import x509

from kanban_hub.identity import keyfile, paper
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.errors import AuthorityError

NOW_MS = 1_800_000_000_000
SPAN_MS = NOW_MS, NOW_MS + 90 * 86_400_000


def opened(data: Path) -> Authority:
    return Authority.open(data, NOW_MS)


def verified(folder: Path, *options: str) -> str:
    """What openssl says of `leaf.crt`, at our time and by its strictest rules."""
    command = ["openssl", "verify", "-x509_strict", "-attime", str(NOW_MS // 1000), *options, "leaf.crt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_authority_is_made_at_first_use_and_is_the_same_from_then_on(tmp_path: Path) -> None:
    first = opened(tmp_path)

    assert opened(tmp_path).fingerprint == first.fingerprint
    assert len(first.fingerprint) == 64
    files = sorted(first.folder.iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
    assert stat.S_IMODE(first.folder.stat().st_mode) == 0o700


def test_a_key_without_its_certificate_was_never_an_authority(tmp_path: Path) -> None:
    keyfile.make_folder(tmp_path / "identity")
    keyfile.write(tmp_path / "identity" / "authority-1.key", b"a power cut came after this")

    assert opened(tmp_path).signing == 1


def test_openssl_takes_what_it_signs_for_its_purpose_and_for_no_other(tmp_path: Path) -> None:
    authority = opened(tmp_path)
    keyfile.write(tmp_path / "ca.crt", authority.bundle)
    key = paper.fresh_key().public_key()
    leaf = tmp_path / "leaf.crt"

    leaf.write_bytes(paper.pem(paper.client(authority.signer, "paint", key, SPAN_MS)))
    assert verified(tmp_path, "-CAfile", "ca.crt", "-purpose", "sslclient") == "leaf.crt: OK\n"
    assert "purpose" in verified(tmp_path, "-CAfile", "ca.crt", "-purpose", "sslserver")

    leaf.write_bytes(paper.pem(paper.server(authority.signer, ["hub.lan", "10.0.0.5", "::1"], key, SPAN_MS)))
    for name in (["-verify_hostname", "hub.lan"], ["-verify_ip", "10.0.0.5"], ["-verify_ip", "::1"]):
        assert verified(tmp_path, "-CAfile", "ca.crt", "-purpose", "sslserver", *name) == "leaf.crt: OK\n"
    assert "purpose" in verified(tmp_path, "-CAfile", "ca.crt", "-purpose", "sslclient")
    assert "mismatch" in verified(tmp_path, "-CAfile", "ca.crt", "-verify_hostname", "other.lan")


def test_a_certificate_is_good_a_day_before_it_was_made(tmp_path: Path) -> None:
    made = paper.client(opened(tmp_path).signer, "paint", paper.fresh_key().public_key(), SPAN_MS)

    assert NOW_MS / 1000 - made.not_valid_before_utc.timestamp() == 86_400
    assert made.not_valid_after_utc.timestamp() == SPAN_MS[1] / 1000


def test_a_revoked_certificate_is_found_in_the_list_and_the_list_never_runs_out(tmp_path: Path) -> None:
    signer = opened(tmp_path).signer
    keyfile.write(tmp_path / "ca.crt", paper.pem(signer.certificate))
    made = paper.client(signer, "paint", paper.fresh_key().public_key(), SPAN_MS)
    (tmp_path / "leaf.crt").write_bytes(paper.pem(made))
    options = ("-CAfile", "ca.crt", "-crl_check", "-CRLfile", "crl.pem")

    (tmp_path / "crl.pem").write_bytes(paper.revocations(signer, [], 1, NOW_MS))
    assert verified(tmp_path, *options) == "leaf.crt: OK\n"
    listed = paper.revocations(signer, [made.serial_number], 2, NOW_MS)
    (tmp_path / "crl.pem").write_bytes(listed)

    assert "revoked" in verified(tmp_path, *options)
    ends = x509.load_pem_x509_crl(listed).next_update_utc
    assert ends == signer.certificate.not_valid_after_utc


def test_the_next_authority_is_trusted_before_it_signs_and_the_old_one_until_it_is_dropped(
    tmp_path: Path,
) -> None:
    old = opened(tmp_path)
    both = old.begin_next(NOW_MS)
    assert (both.signing, both.numbers, both.fingerprint) == (1, [1, 2], old.fingerprint)

    switched = both.switch()
    assert (switched.signing, switched.numbers) == (2, [1, 2])
    assert switched.fingerprint != old.fingerprint
    assert switched.bundle.count(b"BEGIN CERTIFICATE") == 2
    assert switched.bundle.startswith(paper.pem(switched.signer.certificate))

    assert (switched.drop().numbers, opened(tmp_path).numbers) == ([2], [2])


def test_the_steps_to_the_next_authority_are_refused_out_of_turn(tmp_path: Path) -> None:
    first = opened(tmp_path)
    with pytest.raises(AuthorityError, match="authority next"):
        first.switch()
    both = first.begin_next(NOW_MS)
    with pytest.raises(AuthorityError, match="authority switch"):
        both.begin_next(NOW_MS)
    with pytest.raises(AuthorityError, match="authority switch"):
        both.drop()


@pytest.mark.parametrize("damage", [b"", b"no key"])
def test_damaged_files_are_told_and_never_replaced(tmp_path: Path, damage: bytes) -> None:
    key = opened(tmp_path).folder / "authority-1.key"
    key.write_bytes(damage)

    with pytest.raises(AuthorityError, match="restore"):
        opened(tmp_path)
    assert key.read_bytes() == damage
