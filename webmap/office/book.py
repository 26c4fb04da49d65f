"""Open the book of the case that an address names."""

from flask import abort

from cases.desk.book import Book, open_book
from webmap.auth.desk import Desk


def book_of(desk: Desk, number: str) -> Book:
    """Return the book of a case by its number; there is no page where there is no such case."""
    book = open_book(desk.connection, number)
    return book or abort(404)
