"""A base of forms whose heirs must say what they do."""

from abc import ABCMeta

from django.forms.forms import DeclarativeFieldsMetaclass


class AbstractForm(DeclarativeFieldsMetaclass, ABCMeta):
    """The metaclass of such a base: a form with an abstract method left cannot be made."""
