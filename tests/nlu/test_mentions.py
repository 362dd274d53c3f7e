"""Facts in free text: words, provinces, countries, counts, ages, points, ways of saying."""

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation import read_rows
from bot.nlu.countries import countries, countries_in
from bot.nlu.mention import KINDS
from bot.nlu.mentions import mentions_in
from bot.nlu.patterns import PatternError, compile_pattern, patterns
from bot.nlu.places import places_in
from bot.nlu.words import words_of
from bot.settings import ROOT
from bot.text.provinces import places

TODAY = datetime.date(2026, 11, 20)


def named(text: str, kind: str) -> list[Any]:
    return [m.value for m in mentions_in(text, TODAY) if m.kind == kind]


def test_the_words_of_messages_do_not_fill_the_memory() -> None:
    table = patterns()
    before = len(table._vocabulary.strings)
    for number in range(200):
        assert named(f"okul müdürüyüm adım{number} soyadım{number}", "gorev") == ["yonetici"]
    assert len(table._vocabulary.strings) == before


def test_the_table_holds_every_province_and_district() -> None:
    table = places()
    assert sorted(table.plates) == [f"{number:02}" for number in range(1, 82)]
    assert len(set(table.provinces.values())) == 81
    assert len(table.districts) > 850


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("Mersin'deki il koordinatörü", [["Mersin"]]),
        ("izmirde görev yapıyorum", [["İzmir"]]),
        ("İSTANBULDAYIM koordinatör kim", [["İstanbul"]]),
        ("Iğdırdan yazıyorum", [["Iğdır"]]),
        ("IĞDIR", [["Iğdır"]]),
        ("Maraş'tayım hocam", [["Kahramanmaraş"]]),
        ("urfalıyım", [["Şanlıurfa"]]),
        ("Plakamız 06, koordinatör kim", [["Ankara"]]),
        ("33'ün koordinatörü", [["Mersin"]]),
        ("Plaka kodu 82 olan il", []),
        ("Tarsus'ta öğretmenim", [["Mersin"]]),
        ("siverekteyim", [["Şanlıurfa"]]),
        ("yenişehirdeyim", [["Bursa", "Diyarbakır", "Mersin"]]),
        ("Edremit'te çalışıyorum", [["Balıkesir", "Van"]]),
        ("Diyarbakr il kordinatörü", [["Diyarbakır"]]),
        ("kayesride koordinatör", [["Kayseri"]]),
        ("Kara ilinin koordinatörü", [["Karabük", "Karaman"]]),
        ("Hatay'dan Kilis'e tayin oldum", [["Hatay"], ["Kilis"]]),
        ("hocalar merhaba koordinatör kim", []),
        ("karşı okuldan bir arkadaş, koordinatör kim", []),
        ("olur mu bana can simidi, koordinatör", []),
        ("Lefkoşa il koordinatörü", []),
        ("k.maraş koordinatörü", [["Kahramanmaraş"]]),
        ("Ş.Urfa'nın koordinatörü kim", [["Şanlıurfa"]]),
        ("izmt koordinatörü kim", [["Kocaeli"]]),
        ("koordinatör hata veriyor", []),
        ("bayat simit koordinatör", []),
    ],
)
def test_provinces_in_any_spelling(text: str, provinces: list[list[str]]) -> None:
    assert [mention.value for mention in places_in(words_of(text))] == provinces


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("33", ["Mersin"]),
        ("6", ["Ankara"]),
        ("82", None),
        ("Kara", ["Karabük", "Karaman"]),
        ("mersn", ["Mersin"]),
        ("of", ["Trabzon"]),
        ("asdf", None),
        ("", None),
    ],
)
def test_an_answer_to_which_province(text: str, provinces: list[str] | None) -> None:
    found = places_in(words_of(text), alone=True)
    assert (found[0].value if found else None) == provinces


@pytest.mark.parametrize("suffix", ["", "'de", "da", "'dan", "'lıyım", "'nin", " ilinde"])
@pytest.mark.parametrize("typed", [str.lower, str.upper])
def test_every_province_with_suffixes(suffix: str, typed: Any) -> None:
    for province in sorted(set(places().provinces.values())):
        text = typed(province).replace("i̇", "i") + suffix + " koordinatörü"
        assert [province] in [m.value for m in places_in(words_of(text))], text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("italyan öğretmen ve Polonya'dan bir okul", ["İtalya", "Polonya"]),
        ("ikimiz de türküz", ["Türkiye"]),
        ("Kuzey Makedonyadan", ["Kuzey Makedonya"]),
        ("çek ortak", ["Çekya"]),
        ("çekiyoruz", []),
        ("ispnya ve almanlar", ["İspanya", "Almanya"]),
        ("İngilizce öğretmeniyim, almanca biliyorum", []),
        ("fin", ["Finlandiya"]),
        ("final", []),
    ],
)
def test_countries_and_their_people(text: str, found: list[str]) -> None:
    assert [mention.value for mention in countries_in(words_of(text))] == found


def test_every_country_is_found_by_its_name() -> None:
    for name in (name for name in set(countries().names.values()) if name.count(" ") < 2):
        found = [mention.value for mention in countries_in(words_of(f"{name}'dan"))]
        assert name in found or not found, name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14 türk öğretmen", {"value": 14, "unit": "kisi", "of": "turk"}),
        ("on iki kişiyiz", {"value": 12, "unit": "kisi"}),
        ("oniki uyeyiz", {"value": 12, "unit": "kisi"}),
        ("14üz", {"value": 14, "unit": "kisi"}),
        ("3 yabancı ortak", {"value": 3, "unit": "kisi", "of": "yabanci"}),
        ("Türkiye'den 9", {"value": 9, "unit": "kisi", "of": "turk"}),
        ("iki tanesi", {"value": 2, "unit": None}),
        ("üye sayımız 12", {"value": 12, "unit": "kisi"}),
        ("aktif projem 5", {"value": 5, "unit": "proje"}),
        ("6 projeye başvurdum", {"value": 6, "unit": "basvuru"}),
        ("5. başvurum", {"value": 5, "unit": "basvuru", "ordinal": True}),
        ("beşinci başvuru", {"value": 5, "unit": "basvuru", "ordinal": True}),
        ("22-23 proje", {"value": 22, "to": 23, "unit": "proje"}),
        ("20 aktif projem", {"value": 20, "unit": "proje"}),
    ],
)
def test_counts_with_what_they_count(text: str, value: dict[str, Any]) -> None:
    assert value in named(text, "sayi")


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("4-6 yaş", [[4, 6]]),
        ("7. sınıf", [[12, 12]]),
        ("9.sınıf", [[14, 14]]),
        ("8, 9 ve 10 yaş", [[8, 8], [9, 9], [10, 10]]),
        ("6 yaşında", [[6, 6]]),
        ("anasınıfı", [[5, 5]]),
        ("3-4. sınıflar", [[8, 9]]),
        ("13. sınıf", []),
    ],
)
def test_ages_ranges_and_classes(text: str, ages: list[list[int]]) -> None:
    assert named(text, "yas") == ages


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("25 üzerinden 16", [16, 25]),
        ("17/25", [17, 25]),
        ("16 puan, 25 üzerinden", [16, 25]),
        ("yirmi beş üzerinden on yedi", [17, 25]),
    ],
)
def test_points(text: str, points: list[int]) -> None:
    assert named(text, "puan") == [points]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("müdür yardımcısıyım", "gorev", "yonetici"),
        ("ogrtmenim", "gorev", "ogretmen"),
        ("ücretliyim", "gorev", "baska"),
        ("kütüphaneciyim", "gorev", "okul-calisani"),
        ("araştırma görevlisiyim", "gorev", "akademisyen"),
        ("BİLSEM'de", "kurum", "baska"),
        ("halk eğitim merkezinde", "kurum", "yetiskin-egitimi"),
        ("özel bir okulda", "kurum", "ozel-okul"),
        ("fen-edebiyat fakültesi", "kurum", "baska-fakulte"),
        ("proje kayıt belgem", "belge", "proje-kayit-belgesi"),
        ("ulusal kalite etiketim", "belge", "ulusal-kalite-etiketi"),
        ("webinar sertifikası", "belge", "egitim-sertifikasi"),
        ("ziyaretçi hesabına bakmamışlar", "gerekce", "ziyaretci-hesabi"),
        ("puanım düşükmüş", "gerekce", "puan"),
        ("bitmek üzere", "durum", "bitmek-uzere"),
        ("daha bitmedi", "durum", "suruyor"),
        ("twinspace açılmıyor", "sorun", "twinspace"),
        ("davet listesinde çıkmıyor", "ekleme", "listede-yok"),
    ],
)
def test_ways_of_saying(text: str, kind: str, value: str) -> None:
    assert value in named(text, kind)


def test_what_is_denied_is_not_meant() -> None:
    assert "kurucu" not in named("kurucu değilim", "katilim")


def test_a_broken_way_of_saying_is_refused() -> None:
    with pytest.raises(PatternError, match="öğretmen"):
        compile_pattern("öğretmen*")


@pytest.mark.parametrize(
    ("slip", "mended"),
    [
        ("ogrtmenim", "ogretmenim"),
        ("ogretmnler", "ogretmenler"),
        ("yasinda", "yasinda"),
        ("kurcuyum", "kurucuyum"),
        ("ab", "ab"),
        ("2024te", "2024te"),
    ],
)
def test_slips_in_known_words_are_mended(slip: str, mended: str) -> None:
    assert [word.text for word in patterns().repaired(words_of(slip))] == [mended]


def test_an_impossible_date_is_named_not_guessed() -> None:
    assert named("31.02.2025", "tarih") == [{"date": None, "assumed": False}]
    assert named("12 mart 2024te", "tarih") == [{"date": "2024-03-12", "assumed": False}]


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    words = words_of(text)
    for mention in mentions_in(text, TODAY):
        assert mention.kind in KINDS
        assert 0 <= mention.first <= mention.last < len(words)
        start, end = words[mention.first].start, words[mention.last].end
        assert 0 <= start < end <= len(text)


def test_every_kind_is_an_entity_of_the_domain() -> None:
    from ruamel.yaml import YAML

    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    known = {next(iter(item)) for item in domain["entities"]}
    assert set(KINDS) <= known


def test_the_quick_look_hides_nothing_from_the_matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    table = patterns()
    rows = read_rows([ROOT / "tests/nlu/dev.jsonl"])[::5]
    texts = [table.repaired(words_of(row.text)) for row in rows]
    quick = [table.mentions(words) for words in texts]
    assert sum(map(len, quick)) > len(quick) // 2
    monkeypatch.setattr(table, "_fits", dict.fromkeys(table._fits, re.compile("")))
    assert quick == [table.mentions(words) for words in texts]
