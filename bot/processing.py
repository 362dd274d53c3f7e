"""Rasa's message processor with two promises: a turn is whole or not at all, and short.

Rasa goes on when an action fails: the turn is stored and the person meets silence. It waits
five minutes for an action server, opens a connection for each call, compiles the answer's
schema anew each time and walks through all kinds of events to find one by its name. Its
sessions end by idleness only, and each turn costs what stands in the session.
"""

import asyncio
import gc
import logging
from functools import lru_cache
from itertools import takewhile
from typing import Any

import aiohttp
import rasa.core.agent
import rasa.core.processor
from jsonschema_rs import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.metrics import MESSAGES, MODEL, OUTCOMES, STAGE_SECONDS
from bot.nlu.labels import CASE, DECISION
from bot.running import OrderedRunner
from bot.settings import settings

logger = logging.getLogger(__name__)

#: So many messages of a person make a session long enough; then a new one goes on with
#: what the assistant knows.
LONG_SESSION = 50
#: So many turns are under way at once; the others wait in the order they came. With more, 64
#: people who wrote at once kept the process from saying that it lives: it was ended as hanging,
#: and connections to the action servers timed out. A turn holds its place while an action runs;
#: let go meanwhile, just that happened again.
TURNS_AT_ONCE = 4
#: Slots that say something happened; set again, it would have happened twice.
_HAPPENINGS = frozenset({"unanswered", "feedback"})
_ANSWER = validator_for(RemoteAction.action_response_format_spec())


class ActionsAwayError(Exception):
    """No action server answered in time; nothing of the turn is stored."""


class _TurnBrokenOff(BaseException):
    """Passes what Rasa catches around an action; only `Processor` sees it."""


class ActionCalls(EndpointConfig):
    """The action servers, by connections that stay open."""

    def __init__(self, url: str, seconds: int) -> None:
        """Connect to nothing yet. An answer takes at most `seconds`, twice."""
        # None of the actions reads the domain; written and sent with each call, it costs more
        # than the rest of it.
        super().__init__(url=url, **{SELECTIVE_DOMAIN: True})
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=1)
        self._session: aiohttp.ClientSession | None = None

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run an action; once more if no server answered: actions only compute.

        Raises:
            ClientResponseError: for what the action itself refused.
        """
        with STAGE_SECONDS.labels("action").time():
            for _ in range(2):
                try:
                    return await self._post(kwargs["json"])
                except (aiohttp.ClientConnectionError, asyncio.TimeoutError, OSError) as error:
                    reason = f"{type(error).__name__} {error}".strip()
                except ClientResponseError as error:
                    if error.status == 400:
                        raise
                    reason = str(error.status)
                logger.warning("%s failed: %s", kwargs["json"].get("next_action"), reason)
        raise _TurnBrokenOff(reason)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: dict[str, Any]) -> Any:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        async with self._session.post(self.url, json=body) as reply:
            if reply.status >= 400:
                raise ClientResponseError(reply.status, reply.reason or "", await reply.text())
            return await reply.json()


@lru_cache(maxsize=1)
def _action_calls() -> ActionCalls:
    """Return the process's connections: each model that is loaded has a processor of its own."""
    chosen = settings()
    return ActionCalls(chosen.actions_address, chosen.action_seconds)


#: What reading needs every list and table: a date, places, people and their number.
_TELLS_OF_ALL = "2 ay önce Ankara il koordinatörüne, Polonya'dan 3 ögretmene yazdım, olur mu"


class Processor(MessageProcessor):
    """Rasa's processor; see the module."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Load the model."""
        super().__init__(*args, **kwargs)
        self._places = asyncio.Semaphore(TURNS_AT_ONCE)
        # One that is of another kind runs the actions in this process.
        endpoint: Any = vars(self)["action_endpoint"]
        if type(endpoint) is EndpointConfig:
            self.action_endpoint = _action_calls()
        # The first understanding reads lists and tables; nobody shall wait for that.
        self._parse_message_with_graph(UserMessage(_TELLS_OF_ALL), None)
        # What a model is made of lives as long as it does; each full collection walked through
        # all of it, in the middle of somebody's message. What is left of an earlier model is
        # collected by a later load.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        MODEL.clear()
        MODEL.labels(self.model_filename).set(1)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Take a turn.

        Raises:
            ActionsAwayError: if an action could not be run; the turn may be tried again.
        """
        try:
            with STAGE_SECONDS.labels("whole").time():
                answer = await self._in_turn(message)
        except _TurnBrokenOff as error:
            OUTCOMES.labels("failed").inc()
            raise ActionsAwayError(str(error)) from None
        except Exception:
            OUTCOMES.labels("failed").inc()
            raise
        return answer

    async def _in_turn(self, message: UserMessage) -> list[dict[str, Any]] | None:
        with STAGE_SECONDS.labels("wait").time():
            await self._places.acquire()
        try:
            answer: list[dict[str, Any]] | None = await super().handle_message(message)
        finally:
            self._places.release()
        return answer

    async def parse_message(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Understand a message."""
        with STAGE_SECONDS.labels("understand").time():
            return dict(await super().parse_message(*args, **kwargs))

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Leave it: Rasa makes an empty domain for each message, to warn of what it lacks.

        The domain and the phrases are held to each other before training.
        """

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        """Store a turn, and count it."""
        await super().save_tracker(tracker)
        latest = tracker.latest_message
        if latest is None:
            return
        MESSAGES.labels(latest.input_channel or "").inc()
        OUTCOMES.labels(_outcome(tracker, latest)).inc()

    async def _update_tracker_session(
        self,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Begin a new session if the old one ended; a long one goes on in a new one."""
        kept: list[Event] = []
        if not self._has_session_expired(tracker) and _is_long(tracker):
            kept = _in_hand(tracker)
            await self._run_action(
                action=self._get_action(ACTION_SESSION_START_NAME),
                tracker=tracker,
                output_channel=output_channel,
                nlg=self.nlg,
                prediction=PolicyPrediction.for_action_name(self.domain, ACTION_SESSION_START_NAME),
            )
        else:
            await super()._update_tracker_session(tracker, output_channel, metadata)
        for event in kept:
            tracker.update(event, self.domain)


def _is_long(tracker: DialogueStateTracker) -> bool:
    # Not its applied events: what is said within a form is none.
    session = takewhile(
        lambda event: not isinstance(event, SessionStarted), reversed(tracker.events)
    )
    return sum(isinstance(event, UserUttered) for event in session) >= LONG_SESSION


def _in_hand(tracker: DialogueStateTracker) -> list[Event]:
    """Return the events that put a new session where the old one stands."""
    events: list[Event] = [
        SlotSet(name, slot.value)
        for name, slot in tracker.slots.items()
        if slot.value != slot.initial_value and name not in _HAPPENINGS
    ]
    if tracker.active_loop_name:
        events.append(ActiveLoop(tracker.active_loop_name))
    return events


def _outcome(tracker: DialogueStateTracker, latest: UserUttered) -> str:
    """Return what became of the latest message, in a word."""
    for event in reversed(tracker.events):
        if event is latest:
            break
        if isinstance(event, SlotSet) and event.key == "unanswered" and event.value:
            return "handed_over"
    decision = (latest.parse_data or {}).get(DECISION) or {}
    if tracker.active_loop_name or str(decision.get("label") or "").startswith(CASE):
        return "flow"
    return str(decision.get("outcome") or "pressed")


def _validate(action: RemoteAction, result: Any) -> bool:
    """Check an action's answer by the schema compiled once."""
    _ANSWER.validate(result)
    return True


_search_event_class = Event.resolve_by_type


@lru_cache(maxsize=64)
def _event_class(name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Find the class of an event by its name once."""
    found: type[Event] | None = _search_event_class(name, default)
    return found


def install() -> None:
    """Let Rasa use ours: it has no setting for these."""
    rasa.core.agent.MessageProcessor = Processor
    # Rasa's wrapper answers from an empty conversation when the store fails.
    rasa.core.agent.FailSafeTrackerStore = lambda store: store
    rasa.core.processor.DaskGraphRunner = OrderedRunner
    RemoteAction._validate_action_result = _validate  # noqa: SLF001
    Event.resolve_by_type = staticmethod(_event_class)
