"""Productions: which words, in which order, make a sentence say something; the rules are data (ontology/grammar/*.toml)."""
