"""Calendar files as a calendar reads them."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from actions.calendar_file import calendar_file

TODAY = datetime.date(2026, 11, 20)
DAYS = [
    {"name": "a", "date": "2027-03-11", "text": "Okulunuz aday olabilir; çğışöü, virgül"},
    {"name": "b", "date": "2028-02-29", "text": "Katılım koşulu biter"},
]


def test_each_day_is_a_whole_day_event() -> None:
    file = calendar_file(DAYS, "akis-okul-etiketi", "Okul", TODAY)
    events = Calendar.from_ical(file["content"]).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [
        datetime.date(2027, 3, 11),
        datetime.date(2028, 2, 29),
    ]
    assert str(events[0]["summary"]) == DAYS[0]["text"]
    assert events[1]["dtend"].dt == datetime.date(2028, 3, 1)
    assert file["name"].endswith(".ics")


def test_the_same_day_keeps_its_identity() -> None:
    first = calendar_file(DAYS, "akis-okul-etiketi", "Okul", TODAY)["content"]
    again = calendar_file(DAYS, "akis-okul-etiketi", "Okul", TODAY)["content"]
    assert first == again
    assert first.count("UID:") == 2


@given(
    st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=120),
    st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)),
)
def test_any_text_and_day_come_back_from_the_file(text: str, day: datetime.date) -> None:
    days = [{"name": "a", "date": day.isoformat(), "text": text}]
    content = calendar_file(days, "akis-okul-etiketi", text, TODAY)["content"]
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["summary"]), event["dtstart"].dt) == (text, day)
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
