"""Value types that higher rooms pass to actions: gates and the rules of triggers."""

from nastavnik.learning.logic.requirements import Group, Need, Rule
from nastavnik.learning.logic.triggers import AfterDays, Every, Launch, Newcomers, Problem, Scope
from nastavnik.learning.logic.triggers import Rule as TriggerRule

__all__ = ["AfterDays", "Every", "Group", "Launch", "Need", "Newcomers", "Problem", "Rule", "Scope", "TriggerRule"]
