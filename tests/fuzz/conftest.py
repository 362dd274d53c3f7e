"""What other programs load is no test: schemathesis and atheris are not everywhere."""

collect_ignore = ["session.py", "text.py"]
