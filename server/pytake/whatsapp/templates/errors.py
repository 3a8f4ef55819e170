"""What templates refuse."""

from pytake.kit.errors import Conflict, Invalid


class TemplateExists(Conflict):
    code = "template_exists"
    message = "There is already a template {name} in {language} in this account."


class NumberWithoutAccount(Invalid):
    code = "number_without_account"
    message = "This number has no WhatsApp business account, so it can have no templates."


class TemplateBusy(Conflict):
    code = "template_busy"
    message = "Meta is being asked about this template; wait for its answer."


class TemplateNotEditable(Conflict):
    code = "template_not_editable"
    message = "Meta takes no changes to a template that is {status}."


class TemplateNamed(Conflict):
    code = "template_named"
    message = "Name and language cannot change any more: Meta knows the template by them."


class CategoryFixed(Conflict):
    code = "template_category_fixed"
    message = "The category of an approved template cannot change."


class NothingToSubmit(Conflict):
    code = "template_unchanged"
    message = "There is nothing that Meta does not have already."


class EditLimitReached(Conflict):
    code = "template_edit_limit"
    message = (
        "Meta takes one change of an approved template in 24 hours and ten in 30 days; next: {possible_at}."
    )


class TemplateUnknown(Invalid):
    code = "template_unknown"
    message = "This number has no template {name} in {language}."


class TemplateNotUsable(Conflict):
    """`reason` is Meta's where Meta gave one."""

    code = "template_not_usable"
    message = "The template {name} ({language}) cannot be sent: it is {status}. {reason}"
