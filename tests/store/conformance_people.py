"""Users, roles, sessions, tokens, failed sign-ins, sealed texts, and the audit's chain of hashes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.making import NOW
from tradewind.model.errors import NotFoundError
from tradewind.model.people import GrantRecord, NewUser, RoleRecord, SessionRecord, TokenRecord, UserChanges
from tradewind.model.service import AuditRecord
from tradewind.store.errors import LastAdminError, TakenError

LATER = NOW + timedelta(hours=1)


def a_user(store, name="ada", roles=("viewer",), **more):
    return store.create_user(NewUser(name=name, roles=roles, password_hash="h", **more), now=NOW)


def a_session(user, session_id="s", at=NOW):
    return SessionRecord(
        session_id=session_id, user_id=user.user_id, created_at=at, seen_at=at, address="::1", agent="b"
    )


def a_token(user, token_id="t", kind="api", **more):
    given = {"label": "l", "secret_hash": "x", "scopes": None, "created_at": NOW, "expires_at": LATER, **more}
    return TokenRecord(token_id=token_id, user_id=user.user_id, kind=kind, **given)


class Users:
    def test_users_are_made_and_found(self, store, other):
        made = a_user(store, "ada", ("op", "mine"), email="a@x", subject="iss|1", comes_from="oidc")
        assert made.roles == ("op", "mine")
        assert other.user(made.user_id) == other.user_named("ada") == other.user_of_subject("iss|1") == made
        assert [user.name for user in other.users()] == ["ada"]
        assert other.user_named("Ada") is None
        with pytest.raises(TakenError, match="ada"):
            a_user(store, "ada")

    def test_of_two_first_users_one_is_made(self, store, other):
        first = NewUser(name="admin", roles=("admin",))
        assert store.create_first_user(first, now=NOW).name == "admin"
        assert other.create_first_user(first, now=NOW) is None

    def test_a_change_leaves_what_it_does_not_name(self, store):
        user = a_user(store, email="a@x")
        store.change_user(user.user_id, UserChanges(roles=("op",), must_change_password=True))
        found = store.user(user.user_id)
        assert (found.roles, found.email, found.password_hash, found.must_change_password) == (
            ("op",),
            "a@x",
            "h",
            True,
        )
        with pytest.raises(NotFoundError):
            store.change_user(99, UserChanges(email="x"))

    @pytest.mark.parametrize("changes", [UserChanges(password_hash="n"), UserChanges(is_active=False)], ids=str)
    def test_a_new_password_or_a_closed_account_signs_out(self, store, changes):
        user, bystander = a_user(store), a_user(store, "bob")
        for one in (a_session(user), a_session(user, "kept"), a_session(bystander, "b")):
            store.add_session(one)
        store.add_token(a_token(user, "login", "login"))
        store.add_token(a_token(user, "api"))
        store.change_user(user.user_id, changes, keep_session="kept")
        assert [store.session(one) is not None for one in ("s", "kept", "b")] == [False, True, True]
        assert [store.token(one) is not None for one in ("login", "api")] == [False, True]

    def test_the_last_admin_stays(self, store):
        one, two = a_user(store, "one", ("admin",)), a_user(store, "two", ("viewer", "admin"))
        store.change_user(one.user_id, UserChanges(roles=("viewer",)))
        for change in (UserChanges(is_active=False), UserChanges(roles=())):
            with pytest.raises(LastAdminError, match="two"):
                store.change_user(two.user_id, change)
        with pytest.raises(LastAdminError):
            store.delete_user(two.user_id)
        assert store.user(two.user_id) == two
        store.delete_user(one.user_id)
        assert [user.name for user in store.users()] == ["two"]

    def test_roles(self, store):
        lines = (GrantRecord("dag", "read", "sales_*"), GrantRecord("pool", "edit"))
        store.set_role(RoleRecord("b", ()))
        store.set_role(RoleRecord("a", lines))
        store.set_role(RoleRecord("b", lines[:1]))
        assert store.roles() == [RoleRecord("a", lines), RoleRecord("b", lines[:1])]
        user = a_user(store, roles=("a", "viewer"))
        assert store.delete_role("a")
        assert not store.delete_role("a")
        assert store.user(user.user_id).roles == ("viewer",)


class SignedIn:
    def test_sessions(self, store, other):
        user = a_user(store)
        store.add_session(a_session(user))
        assert other.session("s") == (a_session(user), store.user(user.user_id))
        assert other.user(user.user_id).seen_at == NOW
        other.touch_session("s", now=LATER)
        session, found = store.session("s")
        assert session.seen_at == found.seen_at == LATER
        assert store.end_session("s")
        assert not store.end_session("s")
        assert store.session("s") is None

    def test_tokens(self, store, other):
        user = a_user(store)
        scoped = a_token(user, scopes=(GrantRecord("run", "create", "d"),), created_at=LATER)
        store.add_token(scoped)
        store.add_token(a_token(user, "older", expires_at=None))
        store.add_token(a_token(a_user(store, "bob"), "bobs"))
        store.add_token(a_token(user, "login", "login"))
        assert other.token("t") == (scoped, user)
        assert [(one.token_id, name) for one, name in other.tokens(user.user_id)] == [("t", "ada"), ("older", "ada")]
        assert [one.token_id for one, _ in other.tokens()] == ["t", "bobs", "older"]
        other.touch_token("t", now=LATER)
        assert store.revoke_token("t", now=LATER)
        assert not store.revoke_token("t", now=LATER)
        assert (store.token("t")[0].seen_at, store.token("t")[0].revoked_at) == (LATER, LATER)

    def test_what_is_over_is_forgotten(self, store):
        user = a_user(store)
        store.add_session(a_session(user, "old", NOW))
        store.add_session(a_session(user, "new", LATER))
        store.add_token(a_token(user, "over", "login", expires_at=LATER))
        store.add_token(a_token(user, "kept", expires_at=LATER))
        store.forget_signins(sessions_before=LATER, unseen_before=NOW, now=LATER + timedelta(minutes=1))
        assert [store.session(one) is None for one in ("old", "new")] == [True, False]
        assert [store.token(one) is None for one in ("over", "kept")] == [True, False]

    def test_a_user_goes_with_sessions_and_tokens(self, store):
        user = a_user(store)
        store.add_session(a_session(user))
        store.add_token(a_token(user))
        store.delete_user(user.user_id)
        assert (store.session("s"), store.token("t"), store.user(user.user_id)) == (None, None, None)

    def test_failures_are_counted_for_a_day(self, store, other):
        for at in (NOW, LATER):
            store.add_failure(["a", "b"], now=at)
        assert {name: (one.failures, one.failed_at) for name, one in other.failures(["a", "x"]).items()} == {
            "a": (2, LATER)
        }
        store.clear_failures(["a"])
        store.add_failure(["b"], now=LATER + timedelta(days=2))
        assert {name: one.failures for name, one in store.failures(["a", "b"]).items()} == {"b": 1}


class Sealing:
    def test_what_is_sealed_is_read_once_more(self, store, other):
        sealed = store.seal("text ü")
        assert "text" not in sealed
        assert other.unseal(sealed, max_age_seconds=60) == "text ü"
        assert other.unseal(sealed[:-4] + "AAAA", max_age_seconds=60) is None
        assert other.unseal("ü", max_age_seconds=60) is None

    def test_encrypted_anew(self, store):
        store.set_variable("k", "v")
        assert store.encrypt_anew() == 1
        assert store.get_variable("k") == "v"


class AuditChain:
    def write(self, store, count, at=NOW):
        for number in range(count):
            store.write_audit(AuditRecord(at, "ada", "did", "d", detail={"number": number}))

    def test_what_was_written_is_whole(self, store, other):
        assert store.verify_audit().is_whole
        self.write(store, 3)
        self.write(other, 2)
        found = store.verify_audit()
        assert (found.is_whole, found.rows, len(found.head)) == (True, 5, 64)
        assert other.has_audit_hash(found.head)
        assert not other.has_audit_hash("0" * 64)
        assert store.verify_audit(newest=2).rows == 2
        assert store.verify_audit(newest=99).rows == 5

    @pytest.mark.parametrize(
        ("statement", "is_seen_in_the_newest"),
        [
            ("UPDATE audit SET who = 'eve' WHERE id = {second}", False),
            ("UPDATE audit SET at = at + 1 WHERE id = {second} + 2", True),
            ("DELETE FROM audit WHERE id = {second}", False),
            ("DELETE FROM audit WHERE id >= {second} + 2", True),
            ("DELETE FROM audit_chain", True),
        ],
    )
    def test_what_was_changed_shows(self, store, statement, is_seen_in_the_newest):
        self.write(store, 5)
        with store._writing() as connection:
            (first,) = connection.execute("SELECT min(id) FROM audit").fetchone()
            connection.execute(statement.format(second=first + 1))
        assert not store.verify_audit().is_whole
        assert store.verify_audit(newest=2).is_whole is not is_seen_in_the_newest

    def test_a_chain_goes_on_after_its_beginning_was_cleaned(self, store):
        self.write(store, 3, NOW)
        self.write(store, 2, LATER)
        store.clean(LATER)
        assert len(store.audit()) == 2
        self.write(store, 1, LATER)
        found = store.verify_audit()
        assert (found.is_whole, found.rows) == (True, 3)

    def test_all_of_it_may_be_cleaned(self, store):
        self.write(store, 3, NOW)
        store.clean(LATER)
        assert store.verify_audit().is_whole
        self.write(store, 2, LATER)
        assert (store.verify_audit().is_whole, store.verify_audit().rows) == (True, 2)
