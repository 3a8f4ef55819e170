"""What identity refuses."""

from pytake.kit.errors import Conflict, Forbidden, Invalid, Unauthenticated


class WrongCredentials(Unauthenticated):
    """The same for an unknown address, a wrong password and an account that is switched off."""

    code = "wrong_credentials"
    message = "The e-mail address or the password is wrong."


class InvalidToken(Unauthenticated):
    code = "invalid_token"
    message = "Sign in again."


class PermissionMissing(Forbidden):
    code = "permission_missing"
    message = "This needs the permission {permission}."


class PasswordUnacceptable(Invalid):
    code = "password_unacceptable"
    message = "A password has {shortest} to {longest} characters and is not the e-mail address."


class EmailTaken(Conflict):
    code = "email_taken"
    message = "There is already a user with this e-mail address."


class SlugTaken(Conflict):
    code = "slug_taken"
    message = "There is already an organization called {slug}."
