from reports.services.packs.of_class import class_sections
from reports.services.packs.of_person import person_sections
from reports.services.packs.sheet import Cell, Column, Section, Table

__all__ = ["Cell", "Column", "Section", "Table", "class_sections", "person_sections"]
