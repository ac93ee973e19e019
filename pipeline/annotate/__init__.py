"""What is found in a text before facts are read from it: names, dates, numbers, cues and words."""
