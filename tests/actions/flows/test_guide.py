"""The guides: one step a message, stuck, back, resumed, the right end."""

from collections.abc import Iterator
from typing import Any

import pytest

from actions.flows.guide import (
    go_on_guide,
    goes_back,
    progress_of,
    start_guide,
    understands,
)
from actions.flows.guide_facts import facts_of
from actions.flows.guide_steps import GuideWorld
from actions.flows.state import State
from actions.flows.turn import Meaning, Turn
from bot.knowledge import load
from bot.knowledge.audit import unsupported_in
from bot.knowledge.guides import load_guides
from bot.text.fold import normalize
from tests.actions.flows.play import KNOWLEDGE, read

BASE = load(KNOWLEDGE)
GUIDES = load_guides(KNOWLEDGE, BASE)
WORLD = GuideWorld(BASE)
SUPPORT = "tretwinning@gmail.com"


class Guided:
    """A conversation with a guide."""

    def __init__(self, flow: str, text: str, saved: Any = None) -> None:
        self.flow = flow
        self.turn = start_guide(flow, GUIDES[flow], read(text), WORLD, saved)

    def say(self, text: str, meaning: Meaning | None = None) -> Turn:
        state = self.state
        reading = read(text, asked=state.asked)
        self.turn = go_on_guide(GUIDES[self.flow], state, reading, meaning or Meaning(), WORLD)
        return self.turn

    @property
    def state(self) -> State:
        assert self.turn.state is not None
        return self.turn.state

    @property
    def said(self) -> str:
        return "\n".join(reply.text for reply in self.turn.replies)

    @property
    def place(self) -> tuple[str | None, int]:
        return self.state.track, self.state.step


def test_one_step_a_message_to_the_end() -> None:
    talk = Guided("akis-esep", "esep'e geçmek istiyorum")
    assert "hesabınız var mıydı" in talk.said
    talk.say("evet vardı")
    for number in (1, 2, 3, 4):
        assert f"**Adım {number}/4**" in talk.said
        talk.say("tamam")
    assert "Eksik ya da olmayan bir şey var mı" in talk.said
    talk.say("Hiçbir eksik yok")
    assert talk.state.done
    assert "geçişiniz tamam" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        *("tamam", "oldu hocam", "yaptım", "devam", "tmm", "geçtim", "TAMAM OLDU", "hallettim"),
        *("bitti", "girdim", "sonraki", "bu adımı geçtim bir sonrakine", "sorun yok oldu"),
        *("bir sonraki adıma geçebilir miyiz", "eu hesabı açtım", "açtım şimdi ne yapacağım"),
        "eu hesabım var zaten",
    ],
)
def test_going_on_in_many_words(text: str) -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    assert talk.place == ("yeni", 0)
    talk.say(text)
    assert talk.place == ("yeni", 1)


@pytest.mark.parametrize(
    "text",
    [
        *("takıldım", "olmuyor", "bulamadım", "hata verdi", "yapamadım", "giremiyorum"),
        *("o mail kapandı giremiyorum", "kabul etmiyor maili", "çıkmıyo", "açtım ama olmadı"),
    ],
)
def test_stuck_helps_and_stays(text: str) -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    talk.say(text)
    assert talk.place == ("yeni", 0)
    assert "geri" in talk.turn.replies[0].choices
    talk.say(text)
    assert SUPPORT in talk.said


def test_back_goes_back_and_stops_at_the_first_step() -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    talk.say("tamam")
    talk.say("geri")
    assert talk.place == ("yeni", 0)
    talk.say("geri")
    assert "ilk adım" in talk.said
    assert talk.place == ("yeni", 0)


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("eski platformdaki hesabımla girdim eski projelerim görünmüyor", "eski-veriler"),
        ("eski projemin twinspace'i açılmıyor esepte", "twinspace"),
        ("esepte kalite etiketi belgelerim yok", "belge"),
        ("bekleyen başvurum esepte görünmüyor", "basvuru"),
        ("ilk kez üye oldum onay bekliyor yazıyor", "onay"),
        ("yeniyim irtibat kişisi ekleyemiyorum", "irtibat"),
        ("esepte beni davet edecekler listede çıkmıyormuşum", "davet"),
        ("esep sürekli hata veriyor beni dışarı atıyor", "diger"),
    ],
)
def test_a_problem_in_the_opening_leads_to_its_track(text: str, track: str) -> None:
    assert Guided("akis-esep", text).state.track == track


def test_a_problem_told_on_the_way_changes_the_track() -> None:
    talk = Guided("akis-esep", "eski hesabım vardı esepe nasıl geçerim")
    talk.say("girdim ama eski projelerim görünmüyor")
    assert talk.state.track == "eski-veriler"


def test_it_resumes_where_it_stopped() -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    talk.say("tamam")
    saved = progress_of(talk.state)
    again = Guided("akis-esep", "esep'e geçmek istiyorum", saved)
    assert "2. adımda kalmıştınız" in again.said
    again.say("devam")
    assert again.place == ("yeni", 1)
    anew = Guided("akis-esep", "esep'e geçmek istiyorum", saved)
    anew.say("baştan")
    assert "hesabınız var mıydı" in anew.said


@pytest.mark.parametrize(
    "saved", [None, {}, {"track": "yok", "step": 1}, {"track": "eski", "step": 99}, "x"]
)
def test_a_place_that_is_no_more_is_not_resumed(saved: Any) -> None:
    assert "hesabınız var mıydı" in Guided("akis-esep", "esep'e geçmek istiyorum", saved).said


def test_a_question_on_the_way_is_an_aside() -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    turn = talk.say("kalite etiketine ne zaman başvurulur?", Meaning(entry="ke-01"))
    assert turn.aside
    assert "Adım 1/5" in talk.said


def test_nonsense_is_explained_and_a_person_offered() -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    talk.say("qwerty")
    assert "tamam, takıldım, geri" in talk.said
    talk.say("qwerty")
    assert "Görevliye ulaşmak istiyorum" in talk.turn.replies[0].choices
    assert talk.place == ("yeni", 0)


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("arkadaşımı irtibat olarak ekleyemiyorum", "eklenemiyor"),
        ("irtibatımda var ama davet listesinde çıkmıyor", "listede-yok"),
    ],
)
def test_why_a_colleague_cannot_be_added(text: str, track: str) -> None:
    assert Guided("akis-davet", text).state.track == track


def test_both_ends_name_whom_to_write_to() -> None:
    talk = Guided("akis-davet", "arkadaşımı irtibat olarak ekleyemiyorum")
    assert "akis-koordinator" in talk.turn.replies[0].links
    talk.say("takıldım")
    assert SUPPORT in talk.said
    talk.say("tamam")
    assert talk.state.done
    assert SUPPORT in talk.said


def test_after_the_end_another_problem_opens_its_track() -> None:
    talk = Guided("akis-davet", "arkadaşımı irtibat olarak ekleyemiyorum")
    talk.say("tamam")
    talk.say("irtibatımda var ama davet listesinde çıkmıyor")
    assert talk.place == ("listede-yok", 0)


def test_after_the_end_another_matter_leaves() -> None:
    talk = Guided("akis-davet", "arkadaşımı irtibat olarak ekleyemiyorum")
    talk.say("tamam")
    turn = talk.say("telif hakkı nedir acaba", Meaning(entry="proje-01"))
    assert turn.aside
    assert turn.state is None


@pytest.mark.parametrize(
    ("text", "back"), [("geri", True), ("bir önceki adım", True), ("tamam", False)]
)
def test_words_for_going_back(text: str, back: bool) -> None:
    assert goes_back(text) == back


def choices() -> Iterator[Any]:
    for flow, guide in GUIDES.items():
        for name, question in guide.questions.items():
            for choice in question.choices:
                yield pytest.param(flow, name, choice, id=f"{flow} {choice.value}")


@pytest.mark.parametrize(("flow", "question", "choice"), list(choices()))
def test_every_choice_of_a_guide_leads_to_its_track(flow: str, question: str, choice: Any) -> None:
    guide = GUIDES[flow]
    state = State(flow, asked=question)
    turn = go_on_guide(guide, state, read(choice.title, asked=question), Meaning(), WORLD)
    assert turn.state is not None
    assert turn.state.track == choice.track


def test_the_steps_say_nothing_their_sources_lack() -> None:
    for guide in GUIDES.values():
        for track in guide.tracks.values():
            for step in track.steps:
                said = f"{step.text}\n{step.hint or ''}"
                assert unsupported_in(BASE, said, step.sources) == []
                assert [normalize(one.rstrip("*")) for one in step.named] == [
                    one.rstrip("*") for one in step.named
                ]


def test_old_and_new_account_are_told_apart() -> None:
    assert facts_of("akis-esep", read("yeni platformda eski hesabımla girdim"))["branch"] == "eski"
    assert facts_of("akis-esep", read("hiç hesabım yok yeniyim"))["branch"] == "yeni"


INVITING = "davet edemiyorum arkadaşı neden"
ESEP = "esep'e geçmek istiyorum"
NOT_LISTED = "arkadaşım davet listesinde yok"
NO_DATA = "esepe geçtim ama eski projelerim görünmüyo"


@pytest.mark.parametrize(
    ("flow", "messages", "place"),
    [
        # who is no contact is not approved yet; who is one but in no list is another case
        ("akis-davet", (INVITING, "irtibatlarımda yok"), ("eklenemiyor", 0)),
        ("akis-davet", (INVITING, "irtibatımda yok"), ("eklenemiyor", 0)),
        ("akis-davet", (INVITING, "irtibatlarım arasında değil"), ("eklenemiyor", 0)),
        ("akis-davet", (INVITING, "onun üyeliği onaylanmamışmış"), ("eklenemiyor", 0)),
        ("akis-davet", (INVITING, "irtibatımda ama listede gözükmüyor"), ("listede-yok", 0)),
        ("akis-davet", (NOT_LISTED, "irtibatlarımda yok"), ("eklenemiyor", 0)),
        ("akis-davet", ("meslektaşımı ekleyemiyorum", "irtibatlarımda yok"), ("eklenemiyor", 0)),
        ("akis-davet", (INVITING, "yok"), (None, 0)),
        ("akis-davet", (INVITING, "var"), (None, 0)),
        # who the guide is not for
        ("akis-davet", ("öğrencimi projeye davet edemiyorum",), ("ogrenci", 0)),
        ("akis-davet", ("çocukları projeye davet edemiyorum",), ("ogrenci", 0)),
        ("akis-davet", ("velileri projeye davet edebilir miyim",), ("veli", 0)),
        ("akis-davet", (INVITING, "veli davet edecektim"), ("veli", 0)),
        ("akis-davet", ("öğrencilerimle projeye arkadaşımı davet edemiyorum",), (None, 0)),
        # what is so already is not asked again
        ("akis-davet", (NOT_LISTED, "available işaretli diyor"), ("listede-yok", 1)),
        ("akis-davet", ("available işaretli diyor",), ("listede-yok", 1)),
        ("akis-davet", (NOT_LISTED, "uygunluğu açık ama çıkmıyor"), ("listede-yok", 1)),
        ("akis-davet", (NOT_LISTED, "işaretlemiş ama yine yok"), ("listede-yok", 1)),
        ("akis-davet", (NOT_LISTED, "işaretli değilmiş"), ("listede-yok", 0)),
        # the branch question
        ("akis-esep", (ESEP, "bilmiyorum hesabım var mıydı"), (None, 0)),
        ("akis-esep", (ESEP, "hesabım var mı nasıl öğrenirim"), (None, 0)),
        ("akis-esep", (ESEP, "Create account a bastım"), ("yeni", 2)),
        ("akis-esep", (ESEP, "galiba vardı"), ("eski", 0)),
        ("akis-esep", (ESEP, "ilk kez"), ("yeni", 0)),
        ("akis-esep", (ESEP, "ilki"), ("eski", 0)),
        ("akis-esep", (ESEP, "2"), ("yeni", 0)),
        # the branch corrected
        ("akis-esep", (ESEP, "eski", "yok pardon yeni"), ("yeni", 0)),
        ("akis-esep", (ESEP, "eski", "yok yanlış söyledim yeni üyeyim ben"), ("yeni", 0)),
        ("akis-esep", (ESEP, "yeni", "pardon eski hesabım vardı benim"), ("eski", 0)),
        ("akis-esep", (ESEP, "yeni", "aslında eskiden hesabım varmış"), ("eski", 0)),
        # another address than the old one
        ("akis-esep", (NO_DATA, "farklı mail ile açmışım galiba"), ("eski-veriler", 1)),
        ("akis-esep", (NO_DATA, "eu hesabı zaten var başka maille"), ("eski-veriler", 1)),
        ("akis-esep", (ESEP, "eski", "yanlış maille girmişim"), ("eski-veriler", 1)),
        ("akis-esep", (ESEP, "yeni", "başka mail ile açtım"), ("yeni", 1)),
        ("akis-esep", (NO_DATA, "eski hesabım vardı benim"), ("eski-veriler", 0)),
        ("akis-davet", (NOT_LISTED, "arkadaşım ekledi tamam"), ("listede-yok", 1)),
        ("akis-davet", ("arkadaşımın üyeliği onaylı",), ("eklenemiyor", 0)),
        # a step named out of turn
        ("akis-esep", (ESEP, "eski", "tamam", "okulum görünmüyor"), ("eski", 3)),
        ("akis-esep", (ESEP, "eski", "tamam", "tamam", "eu hesabını açtım"), ("eski", 2)),
        ("akis-esep", (ESEP, "eski", "tamam", "esepe devam"), ("eski", 1)),
        ("akis-esep", (ESEP, "eski", "tamam", "kaldığımız yerden devam edelim"), ("eski", 1)),
        ("akis-esep", (ESEP, "eski", "tamam", "devam"), ("eski", 2)),
    ],
)
def test_where_messages_lead(
    flow: str, messages: tuple[str, ...], place: tuple[str | None, int]
) -> None:
    talk = Guided(flow, messages[0])
    for message in messages[1:]:
        talk.say(message)
    assert talk.place == place


@pytest.mark.parametrize(
    ("flow", "messages", "meaning", "piece"),
    [
        ("akis-davet", (NOT_LISTED, "nerede bu ayar"), None, "Profilim/Edit Profile"),
        ("akis-davet", (NOT_LISTED, "tamam", "okulu aktif mi nasıl bakar"), "portal-03", "Evet"),
        ("akis-esep", (ESEP, "yeni", "bu e posta eski mi olmalı yeni mi"), "esep-04", "herhangi"),
        ("akis-esep", (ESEP, "eski", "eski mailimle mi açayım yeni mailimle mi"), None, "kayıtlı"),
        ("akis-esep", (ESEP, "eski", "tamam", "aynı tarayıcı derken chrome mu"), None, "onda"),
        ("akis-esep", (NO_DATA, "tamam", "onu silip yenisini mi açayım"), "portal-02", "silmeniz"),
        ("akis-esep", (NO_DATA, "tamam", "şimdi ne yapacağım"), None, "Eski portaldaki"),
    ],
)
def test_a_question_about_the_step_is_answered_there(
    flow: str, messages: tuple[str, ...], meaning: str | None, piece: str
) -> None:
    talk = Guided(flow, messages[0])
    for message in messages[1:-1]:
        talk.say(message)
    before = talk.place
    turn = talk.say(messages[-1], Meaning(entry=meaning))
    assert not turn.aside
    assert talk.place == before
    assert piece in talk.said
    assert "Kaynak:" in talk.said


def test_going_on_after_a_question_beside_stays_at_the_step() -> None:
    talk = Guided("akis-esep", "ilk kez üye olacağım esep adım adım")
    talk.say("kalite etiketine ne zaman başvurulur?", Meaning(entry="ke-01"))
    talk.say("devam edelim")
    assert talk.place == ("yeni", 0)
    talk.say("devam")
    assert talk.place == ("yeni", 1)


@pytest.mark.parametrize("text", ["e o zaman ne", "yine olmadı", "şimdi ne olacak"])
def test_after_the_last_step_the_support_address_is_left(text: str) -> None:
    talk = Guided("akis-davet", NOT_LISTED)
    talk.say("available işaretli diyor")
    talk.say("okulu da var aktif diyor")
    assert talk.state.done
    talk.say(text)
    assert SUPPORT in talk.said
    assert talk.state.done


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, True) for text in ("geçtim", "oldu", "hallettim", "yok pardon yeni", "geri")),
        *((text, False) for text in ("iptal", "vazgeçtim", "gerek kalmadı", "çok işime yaradı")),
    ],
)
def test_what_sounds_like_leaving_or_judging_may_be_the_guides(text: str, meant: bool) -> None:
    talk = Guided("akis-esep", "eski hesabım vardı esepe nasıl geçerim")
    state = talk.state
    assert understands(GUIDES["akis-esep"], state, read(text, asked=state.asked)) == meant
