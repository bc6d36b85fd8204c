"""Following without an account: asked, confirmed, stopped; nobody learns who follows what."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.calendar import CITY_ZONE
from portal.changes.subjects import find_subject
from portal.follow import follows, outbox, tidying
from portal.follow.models import Follow, Letter
from tests.portal.changes.conftest import NOW
from tests.portal.follow.conftest import HOA, link, read_mail

pytestmark = pytest.mark.usefixtures("block")
PARCEL = "parcels/p1-12-345"


def sent_form(client: Client, *, prefix="", **more):
    return client.post(f"{prefix}/follow/", {"subject": PARCEL, "email": HOA, "website": "", **more})


def test_a_resident_follows_a_parcel_by_the_link_of_the_first_letter(client: Client):
    answer = sent_form(client)
    assert (answer.status_code, answer.url) == (302, "/follow/sent")
    [letter] = read_mail()
    assert letter.to == [HOA]
    path = link(letter, "/follow/confirm/")
    assert client.get(path).status_code == 200
    assert Follow.objects.get().confirmed is None, "opening the link alone confirms nothing"
    assert client.post(path).status_code == 200
    follow = Follow.objects.get()
    assert follow.confirmed
    assert follow.facts["plan qpk-01"]["uses"][0] == ["OM", 60, 4, None, None, None, 62]


def test_the_letter_speaks_the_language_of_the_page_and_leads_to_it(client: Client):
    sent_form(client, prefix="/en")
    [letter] = read_mail()
    assert letter.subject.startswith("Confirm: letters about Parcel 345, sheet 12")
    assert "/en/parcels/p1-12-345" in letter.body
    assert "/en/follow/confirm/" in letter.body


def test_every_letter_can_be_stopped_by_the_mail_program(client: Client):
    sent_form(client)
    [letter] = read_mail()
    headers = letter.extra_headers
    assert headers["List-Unsubscribe"].strip("<>") == "http://127.0.0.1:8000" + link(letter, "/follow/stop/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_stopping_deletes_the_address_and_its_letters(client: Client, follow):
    follow(PARCEL)
    path = link(mail.outbox[-1], "/follow/stop/")
    assert Follow.objects.exists()
    assert client.get(path).status_code == 200
    assert Follow.objects.exists(), "opening the link alone stops nothing"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not Follow.objects.exists()
    assert not Letter.objects.exists()
    assert client.post(path).status_code == 200, "once more does no harm"


def test_the_answer_is_the_same_whether_the_address_is_known(client: Client, follow):
    follow(PARCEL)
    new = sent_form(client, email="moi@example.com")
    read_mail()
    known = sent_form(client, email=HOA.upper())
    assert (new.status_code, new.url, new.content) == (known.status_code, known.url, known.content)
    [letter] = read_mail()
    assert letter.to == [HOA]
    assert "/follow/confirm/" not in letter.body
    assert Follow.objects.filter(email__iexact=HOA).count() == 1


def test_a_link_to_confirm_expires_and_asking_again_renews_it(client: Client):
    sent_form(client)
    path = link(read_mail()[0], "/follow/confirm/")
    Follow.objects.update(created=timezone.now() - timedelta(days=3))
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert Follow.objects.get().confirmed is None
    sent_form(client)
    assert client.post(link(read_mail()[0], "/follow/confirm/")).status_code == 200


@pytest.mark.parametrize("token", ["1", "1:abc", "x", "1:" + "a" * 43, "%00", "é"])
def test_a_forged_link_opens_nothing(client: Client, follow, token):
    follow(PARCEL)
    for door in ("confirm", "stop"):
        assert client.get(f"/follow/{door}/{token}").status_code == 404
        assert client.post(f"/follow/{door}/{token}").status_code == 404
    assert Follow.objects.exists()


@pytest.mark.parametrize("door", ["confirm", "stop"])
def test_a_link_that_was_cut_says_what_to_do(client: Client, door):
    english = client.get(f"/en/follow/{door}/1:abc").content.decode()
    assert "Copy the whole link from the letter." in english
    assert "enter your address once more" in english
    assert "Hãy chép trọn đường dẫn trong thư." in client.post(f"/follow/{door}/1:abc").content.decode()


def test_a_link_to_stop_does_not_confirm(client: Client):
    sent_form(client)
    token = link(read_mail()[0], "/follow/stop/").rpartition("/")[2]
    assert client.post(f"/follow/confirm/{token}").status_code == 404


def test_nobody_fills_a_strangers_mailbox(client: Client):
    answers = [sent_form(client, REMOTE_ADDR="192.0.2.9").status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert Letter.objects.count() == 5


def test_one_sender_does_not_ask_for_the_whole_town(client: Client):
    answers = [sent_form(client, email=f"a{number}@example.com").status_code for number in range(21)]
    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize(
    "values",
    [
        {"email": "nobody"},
        {"email": ""},
        {"email": "a@b.vn\r\nBcc: all@example.com"},
        {"subject": "parcels/p9-9-9"},
        {"subject": "zones/qpk-01-1"},
        {"subject": "x" * 500},
        {"website": "http://spam"},
    ],
)
def test_what_cannot_be_followed_is_refused_with_a_reason(client: Client, values):
    answer = sent_form(client, prefix="/en", **values)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Follow.objects.exists()


def test_a_form_from_another_site_is_refused(client: Client):
    answer = client.post("/follow/", {"subject": PARCEL, "email": HOA}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 400
    assert not Follow.objects.exists()


def test_pages_with_the_form_set_no_cookie(client: Client):
    for path in (f"/{PARCEL}", "/plans/qpk-01", f"/follow/?subject={PARCEL}", "/follow/sent"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert not answer.cookies
    assert f'value="{PARCEL}"' in client.get(f"/{PARCEL}").content.decode()


def test_addresses_never_confirmed_are_forgotten(client: Client, follow, capsys):
    follow("plans/qpk-01")
    sent_form(client)
    Follow.objects.update(created=timezone.now() - timedelta(days=8))
    call_command("tidy_follows", "--json")
    assert json.loads(capsys.readouterr().out)["deleted"]["follows"] == 1
    assert [str(each) for each in Follow.objects.all()] == ["plans/qpk-01"]


def test_the_next_who_asks_tidies_up_too():
    subject = find_subject(PARCEL)
    follows.ask(subject, email=HOA, language="vi", sender="a", now=NOW)
    later = NOW + tidying.KEEP_UNCONFIRMED + timedelta(minutes=1)
    follows.ask(subject, email="moi@example.com", language="vi", sender="b", now=later)
    assert [each.email for each in Follow.objects.all()] == ["moi@example.com"]


def test_the_worker_tidies_every_night_by_one_job_that_waits(client: Client):
    jobs = DBTaskResult.objects.filter(task_path=tidying.tidy_nightly.module_path)
    assert jobs.exists(), "a new database has the job"
    jobs.delete()
    sent_form(client)
    sent_form(client, email="moi@example.com")
    [job] = jobs
    begins = job.run_after.astimezone(CITY_ZONE)
    assert begins.time() == tidying.NIGHT
    assert timedelta(0) < begins - timezone.now() < timedelta(hours=26)
    Follow.objects.update(created=timezone.now() - timedelta(days=8))
    jobs.update(status=TaskResultStatus.RUNNING)
    assert tidying.tidy_nightly.call()["follows"] == 2
    assert jobs.filter(status=TaskResultStatus.READY).count() == 1, "the next night is seen to"
    assert not Follow.objects.exists()


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9)
def test_a_letter_waits_while_the_mail_server_is_away(client: Client, caplog):
    sent_form(client)
    assert outbox.send_due(now=NOW) == (0, 1)
    letter = Letter.objects.get()
    assert (letter.sent, letter.tries) == (None, 1)
    assert HOA not in caplog.text
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert outbox.send_due(now=NOW) == (1, 0)
        assert outbox.send_due(now=NOW) == (0, 0)


def test_no_address_reaches_the_jobs_or_the_allowances(client: Client):
    from portal.desk.models import Allowance

    sent_form(client)
    held = [*DBTaskResult.objects.values_list("args_kwargs", flat=True), *Allowance.objects.values_list("key")]
    assert HOA not in str(held)
