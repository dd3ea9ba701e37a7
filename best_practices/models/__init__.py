"""What schools handed over, its expertise, the published bank and its index."""

from best_practices.models.adoptions import BankAdoption, PracticeEvidence, PracticeRecheck
from best_practices.models.bank import BankPractice, BankQuerySet, PracticeOrder, SearchWord
from best_practices.models.calls import PracticeCall
from best_practices.models.catalogues import BankCatalogue
from best_practices.models.collections import Collection, ShownCollection
from best_practices.models.comments import CardTalk, PracticeComment
from best_practices.models.drafts import SheetDraft
from best_practices.models.experts import ExpertCandidate, ExpertProposal, ExpertQuerySet
from best_practices.models.followed import PracticeFollow
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
from best_practices.models.remarks import Remark
from best_practices.models.revisions import PastRevision
from best_practices.models.thanks import PracticeThanks
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
    "CardTalk",
    "Collection",
    "ExpertCandidate",
    "ExpertProposal",
    "ExpertQuerySet",
    "PastRevision",
    "Practice",
    "PracticeCall",
    "PracticeComment",
    "PracticeEvidence",
    "PracticeFollow",
    "PracticeNumber",
    "PracticeOrder",
    "PracticeQuerySet",
    "PracticeRecheck",
    "PracticeThanks",
    "Remark",
    "Review",
    "SavedSearch",
    "SearchWord",
    "SheetDraft",
    "ShownCollection",
    "ToldPractice",
    "models_of_index",
]
