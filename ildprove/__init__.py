"""The ordeal: what is thrown at the program, and what it does. `python gjor.py palitelighet` runs it all."""
