"""Local mode: the services Emeritus needs, run from this folder with nothing installed on the machine.

Here: finding, starting, watching and stopping PostgreSQL, Valkey, the model server, the web server,
the worker and the scheduler; the fonts and the browser a fresh clone lacks.
Not here: anything the product does once it runs. In production none of this is used but `env`.
"""
