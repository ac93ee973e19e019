"""What each clause of a document stands in: the policy in force there, and when what it tells happened."""
