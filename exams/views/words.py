"""Words that the exam room's module shows; the module itself holds none."""

from django.utils.translation import get_language, gettext, pgettext

CHINESE = "零一二三四五六七八九"


def part_ordinal(number: int) -> str:
    """一, 二, 三 … in Chinese, 1, 2, 3 … elsewhere."""
    chinese = (get_language() or "").startswith("zh") and number < len(CHINESE)
    return CHINESE[number] if chinese else str(number)


def room_words() -> dict[str, str]:
    """What the exam room says while it runs. {n} and {t} are filled in by the page."""
    return {
        "saved": gettext("Saved {t}"),
        "ready": gettext("Ready"),
        "saving": gettext("Saving"),
        "offline": gettext("Not saved, offline"),
        "failed": gettext("Not saved"),
        "done": pgettext("palette", "done"),
        "seen": pgettext("palette", "open"),
        "unseen": pgettext("palette", "new"),
        "now": pgettext("palette", "here"),
        "flagged": gettext("flagged"),
        "answeredOf": gettext("Answered {n}"),
        "allAnswered": gettext("All questions are answered"),
        "openCount": gettext("{n} questions are not answered"),
        "left": gettext("{t} left. Nothing can be changed after handing in."),
        "allSaved": gettext("All answers are saved on the server ({t})"),
        "unsaved": gettext("{n} answers are not on the server yet"),
        "minutesLeft": gettext("Less than {n} minutes left"),
        "jump": gettext("Go to question {n}"),
        "characters": gettext("{n} characters"),
        "readAs": gettext("Read as {t}"),
        "notNumber": gettext("This does not read as a number yet"),
        "stale": gettext("Question {n} was answered in another window; this page now shows that."),
        "bad": gettext("The answer to question {n} could not be saved: {t}"),
        "signedOut": gettext("You are signed out. Sign in again in another window, then go on."),
        "handing": gettext("Handing in"),
        "timeUp": gettext("Time is up. Handing in what is saved."),
        "keysOn": gettext("Keys on"),
        "keysOff": gettext("Keys off"),
    }
