"""Read every setting before anything starts, so that one that cannot be is told once."""

from webmap.city_settings import read_city
from webmap.look_settings import read_brand, read_languages
from webmap.pay_settings import read_pay
from webmap.settings import Settings


def read_every(settings: Settings) -> None:
    """Read what the environment says, as each process of the web and each job would later.

    Raises
    ------
    SettingError
        A variable says something that cannot be; its name is in the sentence.
    """
    environ = settings.environ
    _ = (
        settings.url, settings.proxies, settings.public_rule, settings.mail, settings.texts,
        settings.audit_mail, settings.tile_cache_bytes, settings.open311_keys, settings.data_days,
        read_pay(environ), read_city(environ), read_brand(environ), read_languages(environ),
    )  # fmt: skip
