"""What identity refuses."""

from pytake.kit.errors import Conflict, Forbidden, Invalid, TooLarge, Unauthenticated


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
    """`reason` is `length` or `too_easy`; the field is always the new password."""

    code = "password_unacceptable"
    message = (
        "A password has {shortest} to {longest} characters, and is not easily guessed: no common word with a "
        "number behind it, no row of keys, nothing of the e-mail address."
    )


class EmailTaken(Conflict):
    code = "email_taken"
    message = "There is already a user with this e-mail address."


class SlugTaken(Conflict):
    code = "slug_taken"
    message = "There is already an organization called {slug}."


class LimitReached(Conflict):
    """The limit by the name it has in the organization, how much it allows and how much there is."""

    code = "limit_reached"
    message = "This organization may have {allowed} ({limit}) and has {used}."


class MessageLimitReached(LimitReached):
    message = "This organization may send {allowed} messages a month ({limit}) and has sent {used}."


class TimezoneUnknown(Invalid):
    code = "timezone_unknown"
    message = "There is no time zone {timezone}; use a name like America/Sao_Paulo."


class SlugDoesNotMatch(Invalid):
    code = "slug_does_not_match"
    message = "To delete the organization, repeat its slug."


class NotYourself(Conflict):
    code = "not_yourself"
    message = "Nobody changes their own role, grants or status: ask somebody else who may."


class LastAdministrator(Conflict):
    code = "last_administrator"
    message = "An organization keeps at least one active administrator."


class BeyondYourOwn(Forbidden):
    code = "beyond_your_own"
    message = "Nobody gives or takes what they do not hold themselves: {permissions}."


class NotGrantable(Invalid):
    code = "not_grantable"
    message = "Nobody is given {permissions} besides a role."


class ScopeNotForKeys(Invalid):
    code = "scope_not_for_keys"
    message = "An API key cannot be given {scopes}."


class AlreadyExpired(Invalid):
    code = "already_expired"
    message = "An expiry lies in the future."


class AvatarUnacceptable(Invalid):
    """`reason` is `not_a_jpeg`, `not_square` or `size`."""

    code = "avatar_unacceptable"
    message = "A picture is a square JPEG of {smallest} to {largest} pixels and nothing else."


class AvatarTooLarge(TooLarge):
    code = "avatar_too_large"
    message = "A picture may have up to {limit} bytes."


class OwnOrganization(Conflict):
    code = "own_organization"
    message = "The organization of the super administrators is not switched off or deleted."
