import re
import stat

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from portal.accounts.models import GivenRight, User
from portal.accounts.roles import ROLES, seed_all_roles, seed_roles
from portal.accounts.staff import STAFF, make_staff
from portal.desk.apps import DeskConfig
from portal.desk.models import Report
from tests.portal.desk.make import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def var(tmp_path, settings):
    settings.VAR = tmp_path
    return tmp_path


def test_every_right_of_every_role_exists():
    for role, rights in ROLES.items():
        wanted = {f"{app}.{codename}" for app, codenames in rights.items() for codename in codenames}
        member = User.objects.create_user(role)
        member.groups.add(Group.objects.get(name=role))
        assert member.get_all_permissions() == wanted


def test_a_role_an_administrator_changed_stays_changed():
    agents = Group.objects.get(name="Agent")
    agents.permissions.remove(agents.permissions.get(codename="see_reporter"))
    seed_roles(DeskConfig.create("portal.desk"))
    assert not agents.permissions.filter(codename="see_reporter").exists()


def test_a_role_gets_what_a_later_version_brought():
    stewards = Group.objects.get(name="Steward")
    newer = stewards.permissions.filter(codename__endswith="readyroute") | stewards.permissions.filter(
        content_type__app_label="corrections"
    )
    codenames = set(newer.values_list("codename", flat=True))
    stewards.permissions.remove(*newer)
    stewards.permissions.remove(stewards.permissions.get(codename="change_place"))
    GivenRight.objects.filter(right__in=["corrections.review_correction"]).delete()
    GivenRight.objects.filter(right__endswith="readyroute").delete()
    for _run in range(2):
        seed_all_roles()
        has = set(stewards.permissions.values_list("codename", flat=True))
        assert codenames <= has
        assert "change_place" not in has
    assert len(codenames) == 5


def test_the_staff_are_made_once_with_passwords_of_their_own(var, capsys):
    call_command("make_staff")
    shown = dict(re.findall(r"^  (\S+) +(\S+)$", capsys.readouterr().out, re.MULTILINE))
    assert set(shown) == {person.username for person in STAFF}
    assert len(set(shown.values())) == len(STAFF)
    assert all(User.objects.get(username=name).check_password(password) for name, password in shown.items())
    path = var / "staff_passwords.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert dict(line.split() for line in path.read_text().splitlines()) == shown
    call_command("make_staff")
    assert not any(password in capsys.readouterr().out for password in shown.values())


def test_passwords_of_a_new_database_replace_the_old_ones(var):
    call_command("make_staff")
    User.objects.get(username="chief").delete()
    call_command("make_staff")
    lines = (var / "staff_passwords.txt").read_text().splitlines()
    kept = dict(line.split() for line in lines)
    assert len(lines) == len(STAFF)
    assert User.objects.get(username="chief").check_password(kept["chief"])


def test_nobody_approves_what_they_received():
    make_staff()
    planner, reviewer = User.objects.get(username="planner"), User.objects.get(username="reviewer")
    assert not planner.has_perm("accounts.approve_edition")
    assert not reviewer.has_perm("accounts.receive_delivery")


def test_agents_see_their_agencies_only_and_the_chief_all():
    make_staff()
    urban, tourism = hand_in(field="urban-order"), hand_in(field="tourism")

    def seen(name):
        return set(Report.objects.visible_to(User.objects.get(username=name)))

    assert seen("agent-urban") == {urban}
    assert seen("agent-tourism") == {tourism}
    assert seen("chief") == {urban, tourism}
    assert seen("planner") == seen("admin") == set()


def test_an_agent_signs_in_and_lands_on_the_queue(client):
    passwords = make_staff()
    assert client.get("/desk/").url == "/accounts/login/?next=/desk/"
    answer = client.post("/accounts/login/", {"login": "agent-urban", "password": passwords["agent-urban"]})
    assert (answer.status_code, answer.url) == (302, "/staff/")
    assert client.get("/staff/").url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client):
    make_staff()
    answers = [
        client.post("/accounts/login/", {"login": name, "password": "wrong password"}) for name in ("chief", "nobody")
    ]
    errors = [answer.context["form"].non_field_errors() for answer in answers]
    assert list(errors[0]) == list(errors[1])
    assert len(errors[0]) == 1


@pytest.mark.parametrize("door", ["signup", "password/reset", "email", "confirm-email"])
def test_nobody_signs_up_or_gets_in_by_mail(client, door):
    assert client.get(f"/accounts/{door}/").status_code == 404


@pytest.mark.parametrize("page", ["2fa/", "password/change/", "logout/"])
def test_staff_look_after_their_own_sign_in(client, page):
    User.objects.create_user("mai", password="a long enough password")
    assert client.get(f"/accounts/{page}").status_code == 302
    client.post("/accounts/login/", {"login": "mai", "password": "a long enough password"})
    answer = client.get(f"/accounts/{page}")
    assert answer.status_code == 200
    assert 'id="main"' in answer.content.decode()


def test_a_second_factor_is_set_up_after_the_password_once_more(client):
    User.objects.create_user("mai", password="a long enough password")
    path, password = "/accounts/2fa/totp/activate/", {"password": "a long enough password"}
    client.post("/accounts/login/", {"login": "mai", **password})
    asked = client.get(path)
    assert client.post(asked.url, {**password, "next": path}).url == path
    page = client.get(path).content.decode()
    assert "data:image/svg+xml" in page


def test_a_dismissed_agent_is_out_at_the_next_request(client):
    make_staff()
    agent = User.objects.get(username="agent-urban")
    client.force_login(agent)
    assert client.get("/desk/").status_code == 200
    User.objects.filter(pk=agent.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302


def test_the_admin_asks_for_the_same_sign_in(client):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    assert settings.LOGIN_URL == "account_login"
