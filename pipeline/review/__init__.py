"""What people say of claims and names, kept in a file beside the corpus and applied by every build.

review.tsv →lines→ Decision* →apply→ claims as corrected, claims that are wrong, decisions that found nothing
"""
