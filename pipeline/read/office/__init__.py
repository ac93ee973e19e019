"""Office files other than Word's .docx: spreadsheets, slides, OpenDocument, rich text; and what old binary files are."""
