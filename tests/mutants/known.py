"""Mutants that live and may: each with why no test can kill it, or why none should."""

WHY: dict[str, str] = {
    "portal/mentoring/selectors/figures.py working_pairs: left out: state__in=OVER": (
        "equivalent: a last day is set by the steps alone that end a pair, and nothing opens it again"
    ),
    "portal/mentor_bank/workflow/cards.py both_words: left out: card.curator_word_on": (
        "equivalent: the state that is asked is reached by the curator's word alone"
    ),
}
"""Name of a mutant without its line → the reason."""
