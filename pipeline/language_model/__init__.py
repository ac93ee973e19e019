"""A language model as one more reader: what it is asked, how it answers, and the gate that its claims must pass.

    kinds     what can be claimed: the relations of the ontology with their slots and classes (kinds.py)
    prompts   one request a section, with what is in force there (prompts.py), sent by asking.py
    gate      a claim of an answer → an ordinary claim with exact evidence, or the reason why it is none (gate.py)
    stage     documents that were read → the same with what the model read of them (stage.py)
"""
