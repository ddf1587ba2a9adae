"""Names of encodings as pages and servers write them → codecs of Python."""

import codecs

_READ_AS = {
    "windows-1252": "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii "
    "ansi_x3.4-1968 x-cp1252 x-user-defined x-ansi",
    "windows-1254": "iso-8859-9 iso8859-9 latin5 x-cp1254",
    "windows-1250": "x-cp1250",
    "windows-1251": "x-cp1251",
    "windows-1253": "x-cp1253",
    "windows-1255": "x-cp1255",
    "windows-1256": "x-cp1256",
    "cp874": "iso-8859-11 iso8859-11 tis-620 tis620 windows-874 dos-874",
    "iso-8859-7": "sun_eu_greek",
    "iso-8859-8": "iso-8859-8-i iso-8859-8-e csiso88598i logical visual",
    "mac-roman": "macintosh x-mac-roman csmacintosh mac",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "koi8-r": "koi koi8",
    "koi8-u": "koi8-ru",
    "gb18030": "gb2312 gb-2312 gb_2312-80 gb_2312 gbk x-gbk chinese csgb2312 iso-ir-58 euc-cn",
    "big5": "cn-big5 x-x-big5",
    "cp932": "shift-jis shift_jis sjis x-sjis ms_kanji windows-31j csshiftjis ms932",
    "euc_jp": "x-euc-jp x-euc",
    "cp949": "ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 euc-kr euckr korean cseuckr "
    "windows-949 iso-ir-149 x-windows-949",
    "hz": "hz-gb-2312",
    "utf-8": "utf8 unicode-1-1-utf-8 x-unicode20utf8 utf8mb4",
}
_CODECS = {label: codec for codec, labels in _READ_AS.items() for label in labels.split()}
"""What browsers read under a name, most often a superset of what it says.

Source: WHATWG Encoding Standard, its table of labels, where Python's own aliases differ, and a few
that only old pages and databases write."""
_NEVER_SAID = frozenset(
    """
    utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 unicode-escape
    raw-unicode-escape idna punycode undefined mbcs oem
    """.split()
)
"""What text that names its encoding in ASCII cannot be in, and codecs that rewrite the text."""


def usual(label: str) -> str:
    """What browsers read a label as, by Python's name; a label that nobody knows as it is."""
    label = label.strip().lower()
    return _CODECS.get(label, label)


def codec_of(label: str) -> str | None:
    """The codec to read a page with that names its encoding so; `None` where there is none."""
    name = usual(label)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    if not found._is_text_encoding or found.name.replace("_", "-") in _NEVER_SAID:  # noqa: SLF001
        return None
    return name
