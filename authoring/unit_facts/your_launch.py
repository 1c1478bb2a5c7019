"""The numbers that unit 13 states, each computed where it is said."""

from __future__ import annotations

from loadbearing import record

# --- the public record ---------------------------------------------------------------------------


def _year(event):
    return record.events()[event].date[:4]


def launch_phone_game_year():
    """When the phone game opened, region by region."""
    return _year("pokemon_go")


def launch_presale_year():
    """When the presale by code was."""
    return _year("ticket_presale")


def launch_site_year():
    """When the public site opened."""
    return _year("healthcare_gov")
