# Short names for the tasks in gjor.py. Windows, or no make: python gjor.py <task>

# The environment's own Python, else the first that is new enough and can make environments
PYTHON ?= $(shell for p in .venv/bin/python python3.13 python3.12 python3.11 python3.14 python3 python; do \
	if $$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$p; exit; fi; done; echo python3)

.PHONY: demo test oppsett sjekk-kode laas oversett dokumentasjon bilder nettsted benk palitelighet bygg leveranse

demo test oppsett sjekk-kode laas oversett dokumentasjon bilder nettsted benk palitelighet bygg leveranse:
	@$(PYTHON) gjor.py $@ $(ARGS)
