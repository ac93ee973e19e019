"""What each clause of a document stands in: the policy in force there."""
