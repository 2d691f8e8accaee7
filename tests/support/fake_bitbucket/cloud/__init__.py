"""Bitbucket Cloud's REST 2.0."""
