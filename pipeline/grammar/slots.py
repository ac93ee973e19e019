"""What fills a slot of a production. A type is a row of SLOTS."""

from __future__ import annotations

from pipeline.grammar.concept_slots import CONCEPT_SLOTS
from pipeline.grammar.event_slots import EVENT_SLOTS
from pipeline.grammar.field_slots import FIELD_SLOTS
from pipeline.grammar.list_slots import LIST_SLOTS, SlotReader
from pipeline.grammar.mark_slots import MARK_SLOTS

SLOTS: dict[str, SlotReader] = {**LIST_SLOTS, **MARK_SLOTS, **CONCEPT_SLOTS, **EVENT_SLOTS, **FIELD_SLOTS}
