"""Deployment and operation: the proxy, backups, the audit of what is installed."""
