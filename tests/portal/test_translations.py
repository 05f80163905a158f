import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lms.portal.translations import Message, from_python, from_template, messages_of, missing

VALUE = re.compile(r"%\(\w+\)[sd]")
APPS = {name for name in settings.HOUSE_APPS if "." not in name}


def only(found):
    return [message for _line, message in found]


def test_python_strings_are_found():
    source = """
a = _("One")
b = ngettext("%(n)s row", "%(n)s rows", n)
c = pgettext("ctx", "Two")
d = gettext(name)
"""

    assert sorted(only(from_python(source))) == [
        Message("%(n)s row", "", "%(n)s rows"),
        Message("One"),
        Message("Two", "ctx"),
    ]


def test_template_strings_are_found():
    source = (
        '{% load i18n %}{% translate "It\'s (one)" %}{% translate "Two" context "ctx" %}'
        "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
        '{{ x|default:_("Three") }}'
    )

    assert sorted(only(from_template(source))) == [
        Message("%(n)s row", "", "%(n)s rows"),
        Message("It's (one)"),
        Message("Three"),
        Message("Two", "ctx"),
    ]


def test_what_has_no_translation_is_named_with_its_place(tmp_path):
    (tmp_path / "people").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "people" / "forms.py").write_text('label = _("Shoe size")\nother = _("Name")\n')
    target = tmp_path / "locale" / "people" / "zh_Hans" / "LC_MESSAGES"
    target.mkdir(parents=True)
    book = polib.POFile()
    book.append(polib.POEntry(msgid="Name", msgstr="姓名"))
    book.save(str(target / "django.po"))

    assert missing(tmp_path, {"people"}) == {"people": {Message("Shoe size"): "people/forms.py:1"}}


def test_chinese_is_complete():
    lacking = missing(settings.BASE_DIR, APPS)

    assert {app: sorted(message.text for message in found) for app, found in lacking.items()} == {}


def test_one_string_has_one_translation_everywhere():
    """All catalogues are merged into one: two answers to one string would depend on luck."""
    said = {}
    for path in sorted(Path(settings.BASE_DIR, "locale").glob("*/zh_Hans/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)).translated_entries():
            key = (entry.msgctxt or "", entry.msgid)
            said.setdefault(key, set()).add(entry.msgstr or entry.msgstr_plural[0])

    assert {key[1]: sorted(words) for key, words in said.items() if len(words) > 1} == {}


def test_no_translation_asks_for_a_value_the_string_does_not_have():
    unknown = []
    for path in sorted(Path(settings.BASE_DIR, "locale").glob("*/zh_Hans/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)).translated_entries():
            given = set(VALUE.findall(entry.msgid + entry.msgid_plural))
            if set(VALUE.findall(entry.msgstr or entry.msgstr_plural[0])) - given:
                unknown.append(entry.msgid)

    assert unknown == []


def test_the_command_lists_what_is_missing(capsys, monkeypatch):
    found = {"people": {Message("Shoe size", "", "Shoe sizes"): "people/forms.py:1"}}
    monkeypatch.setattr(
        "lms.portal.management.commands.missing_translations.missing", lambda *args: found
    )

    with pytest.raises(CommandError):
        call_command("missing_translations", "people", "--po")

    assert 'msgid "Shoe size"' in capsys.readouterr().out


def test_our_own_messages_are_read():
    assert Message("My learning") in messages_of(settings.BASE_DIR, APPS)["portal"]
