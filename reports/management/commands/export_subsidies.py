"""The subsidies report from the command line."""

from reports.management.export import ExportCommand


class Command(ExportCommand):
    help = "Write the subsidies report of a year to a workbook or CSV file."
    kind = "subsidies"
