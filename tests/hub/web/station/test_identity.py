"""What the page of a station says of its certificate, and what an admin orders there."""

import pytest

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.identity import code
from kanban_hub.identity.cutting import Hindrance
from kanban_protocol.handshake import Verdict
from tests.hub.identity.desk import asked
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

DAY_S = 86_400
PAGE = "/stations/paint"


def joined(site: Site) -> None:
    office = site.parts.office
    assert office is not None
    office.joining.join("paint", office.codes.issue("paint", None).text, asked(), "10.0.0.7")


def sent(person: Person, order: str) -> str:
    """What the page says after an order."""
    answer = person.send(f"{PAGE}/{order}", person.form(PAGE, f"{PAGE}/{order}"))
    assert answer.status_code == 303
    return person.read(answer.headers["Location"].partition("#")[0])


def test_an_admin_makes_a_code_that_is_shown_once_with_the_line_to_type(site: Site, root: Person) -> None:
    office = site.parts.office
    assert office is not None
    office.keeper.port = 8443

    shown = text_of(root.send(f"{PAGE}/code", root.form(PAGE, f"{PAGE}/code")))

    text = shown.partition("The code for Paint shop ")[2].split()[0]
    assert code.fits(text, office.codes.all()[0].digest)
    line = f"--code {text} --ca-fingerprint {office.authority().fingerprint}"
    assert (
        f"kanban-station/station.toml --hub https://localhost:8443 {line}"
        in shown.replace(office.parts.data.name, "")
        or line in shown
    )
    again = root.read(PAGE)
    assert text not in again
    assert "A code is open, good until" in again
    assert "The code is void" in sent(root, "code/withdraw")
    assert "A code is open" not in root.read(PAGE)
    assert [entry.what for entry in site.parts.register.log(2)] == [Access.CODE_WITHDRAWN, Access.CODE_ADDED]


def test_an_admin_shuts_a_pi_out_and_sees_whether_it_is_cut_off(site: Site, root: Person) -> None:
    assert "None from this hub: it has not joined" in root.read(PAGE)
    joined(site)
    assert "good for 90 more days" in root.read(PAGE)

    told = sent(root, "revoke")

    assert "It is revoked. The hub takes nothing from it any more" in told
    assert "revoked, may still be connected" in told
    assert "has not read the list of revoked certificates yet" in told
    assert "revoked, but its connection may still stand" in root.read("/stations")
    assert site.parts.register.log(1)[0].what is Access.STATION_REVOKED

    office = site.parts.office
    assert office is not None
    office.keeper._cutter.hindrance = Hindrance(Verdict.UNREACHABLE, "")
    assert "the hub cannot reach the broker" in root.read(PAGE)


def test_a_certificate_that_is_not_renewed_is_told_before_its_end(site: Site, root: Person) -> None:
    joined(site)
    site.hand.seconds += 75 * DAY_S
    assert "not renewed" not in root.read("/stations")

    site.hand.seconds += 2 * DAY_S
    assert "its certificate is not renewed and ends in 13 days" in root.read("/stations?only=trouble")
    site.hand.seconds += 14 * DAY_S
    assert "its certificate has ended: let it join again" in root.read("/stations?only=trouble")


def test_what_somebody_else_has_taken_back_before_is_said_to_be_that(site: Site, root: Person) -> None:
    joined(site)
    form = root.form(PAGE, f"{PAGE}/revoke")
    assert root.send(f"{PAGE}/revoke", form).status_code == 303

    for order in ("revoke", "code/withdraw"):
        late = root.send(f"{PAGE}/{order}", form)
        assert (late.status_code, "nothing to take back any more" in text_of(late)) == (400, True)


@pytest.mark.parametrize("role", [AccountRole.SUPERVISOR, AccountRole.OPERATOR])
def test_only_an_admin_orders_codes_and_revocation(site: Site, role: AccountRole) -> None:
    joined(site)
    person, root = account(site, "one", role), account(site, "root", AccountRole.ADMIN)
    page = person.open(PAGE).get_data(as_text=True)
    assert "good for 90 more days" in text_of(person.open(PAGE))

    for order in ("code", "revoke", "code/withdraw"):
        assert f'action="{PAGE}/{order}"' not in page
        assert person.send(f"{PAGE}/{order}", root.form(PAGE, f"{PAGE}/code")).status_code == 403


def test_the_steps_and_the_file_name_the_door_where_there_is_one(site: Site, root: Person) -> None:
    assert "This hub has no door for stations" not in root.read(PAGE)
    assert "without a certificate" in root.read(PAGE)
    office = site.parts.office
    assert office is not None
    office.keeper.port = 8443

    told = root.read(PAGE)
    assert "An admin makes a one-time code under Certificate" in told
    assert "the certificate of the old one is revoked" in told
    assert ":8443" in root.open(f"{PAGE}/station.toml").get_data(as_text=True)
