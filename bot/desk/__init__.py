"""The triage desk: a Django project and its one application."""
