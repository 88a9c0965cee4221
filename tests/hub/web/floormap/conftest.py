from tests.hub.web.account.conftest import anna, root

__all__ = ["anna", "root"]
