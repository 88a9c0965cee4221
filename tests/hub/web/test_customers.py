import io

from werkzeug.test import TestResponse

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import HERE, Person, account
from tests.hub.web.ask import get
from tests.hub.web.site import Site

HEADER = "loop,reference,pieces\n"


def upload(person: Person, table: str) -> TestResponse:
    fields = person.form("/customers", "/customers/table")
    data = {**fields, "file": (io.BytesIO(table.encode()), "orders.csv")}
    return person.client.post("/customers/table", data=data, headers={"Origin": HERE})


def demands(site: Site) -> list[tuple[str, int]]:
    return [(one["reference"], one["served"]) for one in get(site.client(), "/api/v1/demands")["items"]]


def supervisor(site: Site) -> Person:
    return account(site, "anna", AccountRole.SUPERVISOR)


def test_an_order_is_typed_in_and_pulls_at_the_end_of_the_chain(site: Site) -> None:
    anna = supervisor(site)
    response = anna.fill("/customers", "/customers", loop="bracket", reference="SO 7", pieces="30")

    assert (response.status_code, demands(site)) == (303, [("SO 7", 30)])
    assert "SO 7" in anna.read("/customers")


def test_only_what_the_chain_ends_with_can_be_ordered(site: Site) -> None:
    page = supervisor(site).open("/customers").get_data(as_text=True)
    assert 'value="bracket"' in page
    assert 'value="casting"' not in page
    assert ">loop,reference,pieces</code>" in page


def test_what_waits_is_told(site: Site) -> None:
    anna = supervisor(site)
    anna.fill("/customers", "/customers", loop="bracket", reference="SO 8", pieces="100")
    assert "80, 20 wait" in anna.read("/customers")


def test_a_table_is_taken(site: Site) -> None:
    assert upload(supervisor(site), HEADER + "bracket,A,20\nbracket,B,5\n").status_code == 303
    assert demands(site) == [("A", 20), ("B", 5)]


def test_refused_lines_are_named_and_the_others_are_taken(site: Site) -> None:
    response = upload(supervisor(site), HEADER + "bracket,A,20\ncasting,B,5\n")
    assert response.status_code == 400
    assert "line 3: paint supplies others" in response.get_data(as_text=True)
    assert demands(site) == [("A", 20)]


def test_faults_of_a_form_and_of_a_table_are_said_and_what_was_typed_stays(site: Site) -> None:
    anna = supervisor(site)
    response = anna.fill("/customers", "/customers", loop="bracket", reference="SO 9", pieces="many")
    assert response.status_code == 400
    assert 'value="SO 9"' in response.get_data(as_text=True)
    assert upload(anna, "no table").status_code == 400
    assert demands(site) == []


def test_who_may_not_order_does_not_see_the_page(site: Site) -> None:
    operator = account(site, "olga", AccountRole.OPERATOR)
    assert operator.open("/customers").status_code == 403
    assert "/customers" not in operator.read("/account")
    assert Person(site).open("/customers").status_code == 303
