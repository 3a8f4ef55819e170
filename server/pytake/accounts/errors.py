"""What is refused to whoever wants in."""

from pytake.kit.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, Unauthenticated


class TooManyAttempts(TooMany):
    """The same for an address that nobody has."""

    code = "too_many_attempts"
    message = "Too many attempts; try again in {retry_after} seconds, or ask for a new password by e-mail."


class SecondFactorNeeded(Unauthenticated):
    """The password was right: send it again with `code`."""

    code = "second_factor_needed"
    message = "Send the code of your authenticator app, or a recovery code."


class WrongCode(Unauthenticated):
    code = "wrong_code"
    message = "The code is wrong or was used already."


class WrongPassword(Invalid):
    """Of somebody who is signed in already: no reason to end their session."""

    code = "wrong_password"
    message = "The present password is wrong."


class WrongConfirmation(Invalid):
    """Of somebody who is signed in already."""

    code = "wrong_code"
    message = "The code is wrong or was used already."


class ForeignOrigin(Forbidden):
    code = "foreign_origin"
    message = "This page may not do that here."


class LinkUnusable(NotFound):
    """Invented, used, withdrawn or expired: told alike."""

    code = "link_unusable"
    message = "The link was used already, has expired or is not ours. Ask for a new one."


class AlreadyVerified(Conflict):
    code = "email_already_verified"
    message = "The e-mail address is verified already."


class EmailUnchanged(Conflict):
    code = "email_unchanged"
    message = "This is the e-mail address of the account already."


class TwoFactorAlready(Conflict):
    code = "two_factor_already_on"
    message = "Two-factor sign-in is on already; switch it off first."


class TwoFactorMissing(Conflict):
    code = "two_factor_not_on"
    message = "Two-factor sign-in is not on."
