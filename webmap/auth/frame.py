"""Frame the pages of signing in and of accounts: their blueprint."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)
