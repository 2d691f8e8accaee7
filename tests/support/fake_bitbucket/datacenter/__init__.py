"""Bitbucket Data Center's REST API."""
