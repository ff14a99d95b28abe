"""Where a sign-in comes from, as coarsely as its owner still knows it again. Pure.

The place is what the browser says of its own clock, so a thief can say something else: it helps an owner to tell
their own devices apart, and decides nothing.
"""

import ipaddress
import re

MAX_ZONE = 60
_ZONE = re.compile(r"[A-Za-z_]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){1,2}")
_NOWHERE = ("Etc/", "SystemV/")
IPV4_PREFIX, IPV6_PREFIX = 24, 48


def place_of(time_zone: str) -> str:
    """The city that names an IANA time zone, "Berlin" for Europe/Berlin; nothing for what names no place."""
    if len(time_zone) > MAX_ZONE or not _ZONE.fullmatch(time_zone) or time_zone.startswith(_NOWHERE):
        return ""
    return time_zone.rpartition("/")[2].replace("_", " ")


def network_of(address: str) -> str:
    """The /24 or /48 of an address: enough to tell home from work, too little to find a household."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    prefix = IPV6_PREFIX if ip.version == 6 else IPV4_PREFIX
    return str(ipaddress.ip_network((ip, prefix), strict=False))
