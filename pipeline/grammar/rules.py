"""The productions of the ontology folder: grammar/*.toml, one file a relation, each rule with its examples.

    [[rule]]
    name = "and_so_on"
    form = "{o:list} <and_so_on> {s:class}"
    yes = [["推广锚泊、系留等海上浮标技术。", "海上浮标技术 > 锚泊、系留"]]
    no = ["渔民、船工等群众到场。"]

`form` may be a list of forms, of which the first that stands in a sentence is taken; `facet` is that of a rule of defines, or
those of which the noun or verb in the form chooses one. The examples are the tests of the rule.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import OntologyError
from pipeline.grammar.form import DATE, Part, Slot, Word, parse

CONFIDENCE = "confidence.toml"  # made by pipeline.confidence
SIGNALS = frozenset(("noun", "verb"))  # the classes of the words that signal facets in schema.ttl
HIDDEN = "hidden"  # the class of words that look like others
# Those of events: who and what, of which name, where and when, and what says that nothing happened.
_OF_EVENTS = (
    "builds_up",
    *"bodies offices person_pronouns own_places governs notions notion_nouns speeches copulas light_verbs issues".split(),
    *"rulings honours awards records launched firsts some amounts measures loose_measures of_no_name says_of".split(),
    *"case_words opens directions behalf enforces steps step_manner text_forms on_its_way no_step issuers".split(),
    *"one_by_one assemblies".split(),
    *"occasion_heads held_heads unnamed_occasions said_of_occasions opens_name goes_on during disasters everywhere".split(),
    *"sites joins aspects whereabouts short_places wide_places regions hosted body_meetings sessions deliberates".split(),
    *"vague_words planned announces undone must vague_times not_since not_from no_moment of_figures since".split(),
    *"listed_with sent_out".split(),
    *"one_case".split(),
)
# Those of references and of the methods of studies.
_OF_STUDIES = (
    *"author_roles translators latin_bodies publishers citing_leads cites_again cited_before reference_heads theses".split(),
    *"source_works own_reports according_to its_figures reads_out appears source_lines".split(),
    *"method_verbs theory_verbs model_verbs method_heads theory_heads made_heads method_ends method_leads".split(),
    *"no_methods unlike_methods laws method_sections borrows improves works_into measures_by".split(),
    *"some_studies own_studies this_study".split(),
)
# Those of views and of contrasts.
_OF_VIEWS = (
    *"view_verbs call_verbs carrying_verbs finding_verbs opining_verbs regard_verbs voicing_verbs view_leads view_groups".split(),
    *"speakers media_heads doctrines text_heads own_words voiced_in leaning_verbs opposites".split(),
    *"report_adverbs unsaid some_holders suppositions title_leads speech_calls view_openers view_preludes".split(),
    *"side_measures lodged_things bare_adverbs sitting_members scholars carries_out".split(),
    *"governing_modals owing_openers dangling_openers judging_openers waiting_openers denied_verbs".split(),
    *"prelude_tails no_tails prelude_words view_judges no_dimensions no_sides side_leads exceeding states_of".split(),
    *"grades_by graded_as".split(),
    *"askers courts for_instance media_pieces parts_of_day side_adverbs".split(),
)
# Those of tables: what heads and labels say of the figures beside and below them.
_OF_TABLES = (
    *"figure_above figure_below figure_about unit_columns table_units change_words compared_with".split(),
    *"relative_amounts plain_amounts quantity_columns thing_columns quantity_tails serial_columns totals".split(),
    *"parts_of planned_amounts year_before absolute_changes rates_of_change rank_columns firm_tails".split(),
    *"unnamed_rows whole_world caption_words bare_amounts yearly dimension_columns compare_words old_sides".split(),
    *"new_sides remark_columns index_columns class_columns code_columns name_columns weights group_columns".split(),
)
# Those of figures: units, bounds, verbs of reaching and changing, names of quantities, and whose they are.
_OF_FIGURES = (
    *"before_ranks causes counted_deeds deeds_of_counted doers_of_figures falls general_quantities gives_grants".split(),
    *"grant_frequency grant_nouns holds_many led_into national_bodies nearly no_grantees no_owners of_dimension".split(),
    *"of_each of_parts of_time or_less or_more or_so output_quantities over own_bodies own_realms pair_words".split(),
    *"part_counts quantity_nouns rank_scopes rank_verbs reaches rises shares since_then supposes_figures under".split(),
    *"unit_words works_under_way sources_of_figures foresees met_so_far condition_heads vague_figures".split(),
    *"vague_things milestones home_and_abroad".split(),
    *"added before_grants brings_along budget_sides divisions grant_bounds money_units of_all of_someone".split(),
    *"parts_of_trade person_endings provinces ratio_names relative_units schools trade_nouns verbal_bodies".split(),
    *"yield_openings".split(),
)
# Those of definitions: what speaks, what goes on, what names no concept.
_OF_DEFINITIONS = (
    *"addresses bears before_including before_leaning before_needing before_predicates before_showing".split(),
    *"before_verbs before_with called_on comes_to_be denials everyone exhorts goes_on_to_do goes_without".split(),
    *"governing_with in_no_name indefinites intends kept_records lacks leading_verbs mark_nouns means_to".split(),
    *"no_marks of_its_text of_marks of_others one_of plain_verbs pronouns scenes those_who_act viewed_from".split(),
    *"way_of_speaking work_points".split(),
)
# Those of names and of the edges of words.
_OF_NAMES = (
    *"addressed along_with attributive_places bearing_upon by_which compound_ends effects keeps".split(),
    *"no_subject_behind undergoes works".split(),
)
# Those of supports and restrictions: what is done with a field, how, and by what kind of text.
_OF_SUPPORTS = (
    *"abilities acts_against bars before_restraining betters carries_through closes_down closing_manner".split(),
    *"control_policies controls displaces done_to_grow done_with_field field_amounts field_things given_support".split(),
    *"imposes kinds_of_ability kinds_of_works lawless lifts no_restrained no_restrained_fields offences".split(),
    *"processing pursues restraining_manner restrains trade_controls unruly_growth unruly_manner unwanted".split(),
    *"unwanted_amounts".split(),
)
# Those of polarity: what denies, cancels, supposes, asks, doubts or calls for what is said.
_OF_POLARITY = (
    *"as_planned asks_how asks_whether auxiliaries before_cancelling before_denials bounds_of_figures by_this".split(),
    *"calls_for cancelled cannot comes_about comes_off concludes contains denying done_without evidence".split(),
    *"falsehoods forbids hearsay is_or_has kinds_of_evidence lacks_evidence no_denials put_off sayings shows_so".split(),
    *"steadily supposes turns unable uncertain untrue verified withholds".split(),
)
# The classes of the lexicon that are asked for beside those that rules name: by the types of slots, and the hidden words.
ASKED_FOR = (
    *("brings", "judging", "mark_ends", "modals", "persons", "relational"),
    *("adverbs", "courses", "negations", "results", "springs", "states", "structures", "transitives", "vague", "wholes"),
    *(HIDDEN, "governing_verbs", "lead_words", "verbal_nouns", "quantifiers"),
    *("class_heads", "wide_classes", "vague_classes", "no_class_heads", "no_classes", "group_nouns"),
    *("field_groups", "actors", "deeds", "deed_tails", "generic_words", "clause_verbs"),
    *("wide_fields", "wide_modifiers", "no_fields", "growing_verbs"),
    *("this_day", "this_policy"),
    *("factors", "idioms"),
    *("pivots", "uses", "list_frames", "authorities", "no_groups", "oversight", "ways"),
    *("plain_groups", "firms", "means_nouns", "supervision", "no_own_fields"),
    *("acts_on", "no_things", "built_fields", "done_better", "grounds", "held", "nouns_first"),
    *(
        "also_nouns",
        "advancing",
        "grants",
        "calls_on",
        "more_verbs",
        "verbal_heads",
        "aims",
        "needs",
        "facilities",
        "made_things",
        "mindsets",
        "reasons",
        "attributive",
        "enacts",
        "stresses",
        "class_tails",
        "genus_nouns",
        "meets",
        "reaches_out",
        "situated",
        "works_together",
        "praises",
    ),
    *_OF_EVENTS,
    *_OF_STUDIES,
    *_OF_VIEWS,
    *_OF_TABLES,
    *_OF_FIGURES,
    *_OF_DEFINITIONS,
    *_OF_NAMES,
    *_OF_SUPPORTS,
    *_OF_POLARITY,
)
# Types of slots that take no stretch with fewer of some marks: a sentence without them need not be tried.
HOLDS: Mapping[str, tuple[str, int]] = {"marks": ("、", 2), "sum_of": ("+＋", 1)}
# And those that take none without a word of a class.
HOLDS_A: Mapping[str, str] = {"incidents": "disasters", "opened": "opens"}
# And those that most stretches do not fill: they are read before the others.
SELDOM = ("class", "class_of_one", "class_of_fields", "structure")
_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "name": str,
    "form": (str, list),
    "facet": (str, list),
    "why": str,
    "yes": list,
    "no": list,
}


class Form(NamedTuple):
    """The parts of a production; `key` is the index of the word that it is tried at, `rarest` that of the word which comes most
    seldom, and without which it need not be tried.
    """

    parts: tuple[Part, ...]
    key: int
    rarest: int

    @property
    def slots(self) -> Mapping[str, str]:
        """Its slots with their types, those first that are seldom filled."""
        slots = [part for part in self.parts if isinstance(part, Slot)]
        return {part.name: part.type for part in sorted(slots, key=lambda part: part.type not in SELDOM)}


@dataclass(frozen=True, slots=True)
class Rule:
    """A production. `relation` is the name of its file; `forms` are its parts with and without the words that may be left out."""

    name: str
    relation: str
    form: str
    forms: tuple[Form, ...]
    facets: tuple[str, ...]
    yes: tuple[tuple[str, str], ...]
    no: tuple[str, ...]

    def classes(self) -> set[str]:
        """The classes of the lexicon that it looks for; "=word" for a word that stands for itself."""
        parts = (part for form in self.forms for part in form.parts)
        return {name for part in parts if isinstance(part, Word) for name in part.classes if name != DATE}


def read_rules(folder: Path, lexicon: Mapping[str, tuple[str, ...]]) -> tuple[Rule, ...]:
    """The rules of an ontology folder, in the order of its files; OntologyError names the file and rule that is wrong."""
    files = {file.name: _toml(file) for file in sorted((folder / "grammar").glob("*.toml"))}
    files.pop(CONFIDENCE, None)
    return tuple(rule for name, data in files.items() for rule in _rules_of(folder / "grammar" / name, data, lexicon))


def read_confidence(folder: Path) -> dict[str, float]:
    """How sure each rule is, by its name, as far as it was measured; by the name of a relation, its rules together."""
    file = folder / "grammar" / CONFIDENCE
    measured = _toml(file) if file.is_file() else {}
    return priors(measured) | {name: record["confidence"] for name, record in measured.items()}


def priors(measured: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """How sure the rules of each relation are together, from how often each was right and wrong: what an untried one is given."""
    totals: dict[str, tuple[float, float]] = {}
    for name, record in measured.items():
        relation = name.split(".", maxsplit=1)[0]
        right, wrong = totals.get(relation, (0, 0))
        totals[relation] = right + record["right"], wrong + record["wrong"]
    return {relation: round(prior(*total), 2) for relation, total in totals.items()}


def prior(right: float, wrong: float) -> float:
    """The share of right cases, a case of each kind added, so that none is sure."""
    return (right + 1) / (right + wrong + 2)


def _toml(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{file}: is no TOML: {error}.") from error


def _rules_of(file: Path, data: Mapping[str, Any], lexicon: Mapping[str, tuple[str, ...]]) -> Iterator[Rule]:
    names: set[str] = set()
    for number, record in enumerate(data.get("rule", []), 1):
        at = f"{file}: rule {record.get('name', number)}"
        for key, value in record.items():
            if not isinstance(value, _KEYS.get(key, ())):
                raise OntologyError(f"{at}: {key} is none of {', '.join(_KEYS)}, or of another type.")
        if not {"name", "form", "yes", "no"} <= record.keys() or not record["yes"] or not record["no"]:
            raise OntologyError(f"{at}: needs name, form, and examples: yes = [[sentence, facts]], no = [sentence].")
        if record["name"] in names:
            raise OntologyError(f"{at}: has the name of another rule of the file. Rename one.")
        names.add(record["name"])
        yield Rule(
            name=f"{file.stem}.{record['name']}",
            relation=file.stem,
            form=" or ".join(_listed(record["form"])),
            forms=tuple(_forms(at, _listed(record["form"]), lexicon)),
            facets=_listed(record.get("facet", [])),
            yes=tuple((text, facts) for text, facts in record["yes"]),
            no=tuple(record["no"]),
        )


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _forms(at: str, written: tuple[str, ...], lexicon: Mapping[str, tuple[str, ...]]) -> Iterator[Form]:
    for form in written:
        try:
            forms = parse(form)
        except ValueError as error:
            raise OntologyError(f"{at}: {form}: {error}.") from error
        for parts in forms:
            names = {name for part in parts if isinstance(part, Word) for name in part.classes if name[0] != "="} - {DATE}
            unknown = sorted(names - lexicon.keys())
            if unknown:
                raise OntologyError(f"{at}: no lexicon/{unknown[0]}.txt. Write it, or correct the name.")
            words = {at: _words(part, lexicon) for at, part in enumerate(parts) if isinstance(part, Word)}
            yield Form(parts, _key(words), min(words, key=lambda at: (_frequency(words[at]), at)))


def _words(part: Word, lexicon: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [word for name in part.classes for word in ([name[1:]] if name[0] in "=@" else lexicon[name])]


def _key(words: Mapping[int, Sequence[str]]) -> int:
    """The word with the longest and fewest forms."""
    return min(words, key=lambda at: (-min(map(len, words[at])), len(words[at]), at))


def _frequency(words: Sequence[str]) -> float:
    """How often one of the words comes, roughly, by their lengths: a mark as often as a thousand words of two characters."""
    return sum(1000 if not word.isalnum() else 100 if len(word) == 1 else 1 / (len(word) - 1) for word in words)


def words_of(rules: tuple[Rule, ...], lexicon: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each word that a rule looks for, or that hides one, with its classes."""
    wanted = {HIDDEN} & lexicon.keys()
    for rule in rules:
        wanted |= rule.classes()
    found: dict[str, set[str]] = {}
    for name in wanted:
        for word in [name[1:]] if name[0] == "=" else lexicon[name]:
            found.setdefault(word, set()).add(name)
    return {word: tuple(sorted(names)) for word, names in sorted(found.items())}
