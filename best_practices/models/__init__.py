"""What schools handed over, its expertise, the published bank and its index."""

from best_practices.models.adoptions import BankAdoption, PracticeEvidence, PracticeRecheck
from best_practices.models.bank import BankPractice, BankQuerySet, PracticeOrder, SearchWord
from best_practices.models.catalogues import BankCatalogue
from best_practices.models.experts import ExpertCandidate, ExpertProposal, ExpertQuerySet
from best_practices.models.index import (
    BankBlock,
    BankChange,
    BankDocument,
    BankMeaning,
    BankTerm,
    BankWord,
    models_of_index,
)
from best_practices.models.practices import Practice, PracticeNumber, PracticeQuerySet, Review
from best_practices.saved import SavedSearch, ToldPractice

__all__ = [
    "BankAdoption",
    "BankBlock",
    "BankCatalogue",
    "BankChange",
    "BankDocument",
    "BankMeaning",
    "BankPractice",
    "BankQuerySet",
    "BankTerm",
    "BankWord",
    "ExpertCandidate",
    "ExpertProposal",
    "ExpertQuerySet",
    "Practice",
    "PracticeEvidence",
    "PracticeNumber",
    "PracticeOrder",
    "PracticeQuerySet",
    "PracticeRecheck",
    "Review",
    "SavedSearch",
    "SearchWord",
    "ToldPractice",
    "models_of_index",
]
