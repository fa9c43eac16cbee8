"""The form of the log-in: allauth's, with labels instead of placeholders."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    """A placeholder vanishes when one types; the label above the field stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        # Our page has its own way to a forgotten password.
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocapitalize"] = "none"

    def add_prefix(self, field_name: str) -> str:
        """The name field is called `username`: what password managers and other programs look for."""
        name: str = super().add_prefix("username" if field_name == "login" else field_name)
        return name
