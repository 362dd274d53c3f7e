"""Fill in nginx's configuration from the templates in `deploy/nginx`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from bot.settings import ROOT

TEMPLATES = ROOT / "deploy/nginx"
#: What cannot end a directive of nginx or begin another.
_WORD = re.compile(r"[^\s;{}$'\"\\]+")


class ProxyError(ValueError):
    """A configuration cannot be made; the message says what to write instead."""


@dataclass(frozen=True)
class Site:
    """What differs from one installation to the next."""

    public_host: str
    desk_host: str
    tls_certificate: str
    tls_key: str
    rasa: Sequence[str]
    desk: Sequence[str]
    http_port: str = "80"
    https_port: str = "443"
    access_log: str = "/var/log/nginx/assistant.log"


def site_configuration(site: Site) -> str:
    """Return the file for nginx's http block.

    Raises:
        ProxyError: if a value could not stand there.
    """
    if not site.rasa or not site.desk:
        raise ProxyError("En az bir asistan ve bir masa sunucusu yazın: 127.0.0.1:5005")
    words = {
        "PUBLIC_HOST": site.public_host,
        "DESK_HOST": site.desk_host,
        "TLS_CERTIFICATE": site.tls_certificate,
        "TLS_KEY": site.tls_key,
        "HTTP_PORT": site.http_port,
        "HTTPS_PORT": site.https_port,
        "ACCESS_LOG": site.access_log,
    }
    for text in (*words.values(), *site.rasa, *site.desk):
        if not _WORD.fullmatch(text):
            raise ProxyError(f"“{text}” nginx yapılandırmasına yazılamaz; boşluk ve ; olmasın")
    return _filled(
        "assistant.conf.template",
        **words,
        RASA_SERVERS=_servers(site.rasa),
        DESK_SERVERS=_servers(site.desk),
    )


def write_folder(folder: Path, site: Site) -> Path:
    """Write all that nginx needs into a folder; return the file `nginx -c` takes.

    Raises:
        ProxyError: see `site_configuration`, or if the folder's own name cannot be written.
    """
    if not _WORD.fullmatch(str(folder)):
        raise ProxyError(f"{folder} adında boşluk ya da ; var. Başka bir klasör seçin")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assistant.conf").write_text(site_configuration(site), encoding="utf-8")
    path = folder / "nginx.conf"
    path.write_text(_filled("nginx.conf.template", FOLDER=str(folder)), encoding="utf-8")
    return path


def write_local(
    folder: Path, port: int, actions_port: int, rasa: Sequence[int], actions: Sequence[int]
) -> Path:
    """Write a balancer for processes of this machine; return the file `nginx -c` takes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "nginx.conf"
    text = _filled(
        "local.conf.template",
        FOLDER=str(folder),
        PORT=str(port),
        ACTIONS_PORT=str(actions_port),
        RASA_SERVERS=_servers([f"127.0.0.1:{one}" for one in rasa]),
        ACTION_SERVERS=_servers([f"127.0.0.1:{one}" for one in actions]),
    )
    path.write_text(text, encoding="utf-8")
    return path


def _servers(addresses: Sequence[str]) -> str:
    return "\n    ".join(f"server {address} max_fails=0;" for address in addresses)


def _filled(name: str, **values: str) -> str:
    """Fill in what stands in braces; nginx's own variables have none."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    # Template reads $name as well, but knows no value for nginx's own: they stay.
    return Template(text).safe_substitute(values)
