"""A language model as one more reader, which is asked only where the user names it, and whose claims a gate lets in or refuses.

request.py and answer.py are what is asked and answered, endpoint.py says whom, limits.py how much. asking.py gives the answers
to many requests: from the folder of cache.py what is there, and running.py asks for the rest, each in one exchange of HTTP
(exchange.py).

kinds.py says what can be claimed in terms of an ontology, prompts.py asks it of each section, gate.py makes claims like those of
rules of the answers, or says why not (quotes.py, naming.py and figures.py), and stage.py puts it between reading and merging.
"""
