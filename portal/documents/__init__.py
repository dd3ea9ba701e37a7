"""Paper: Word (docxtpl), PDF (typst), Excel (openpyxl), names in cases. A library without tables."""
