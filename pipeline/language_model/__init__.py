"""A language model as one more reader, which is asked only where the user names it.

request.py and answer.py are what is asked and answered, endpoint.py says whom, limits.py how much. asking.py gives the answers
to many requests: from the folder of cache.py what is there, and running.py asks for the rest, each in one exchange of HTTP
(exchange.py).
"""
