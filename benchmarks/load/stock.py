"""Stock Rasa with TensorFlow: a project of the same phrases, as `rasa init` would set it up.

Labels stand as intents. Each is answered by a rule: small talk by its response, all else by
one custom action that looks the answer up, on an action server as `rasa run actions` starts
one. That is less than the assistant's actions do, so the peer is an easy one to be.
"""

import hashlib
import json
import os
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from benchmarks.data import own
from benchmarks.peers import STOCK, plain
from bot.knowledge import current
from bot.settings import ROOT

#: What an epoch of training costs says nothing about what an answer costs.
EPOCHS = 2
MODEL = "stock"
RESPONSES = ("selamlama", "veda", "tesekkur", "bot-musun")
#: Another Python with Rasa and TensorFlow than that of `make bench`.
PYTHON = Path(os.environ.get("LOAD_STOCK_PYTHON", ROOT / ".venv-bench/bin/python"))
_ACTIONS = '''"""One action that looks the answer up."""

import json
from pathlib import Path

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))


class ActionAnswer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text=ANSWERS.get(intent, ANSWERS["oos"]))
        return [SlotSet("topic", intent)]
'''


def prepared(results: Path) -> Path:
    """Return the folder of the trained project; train it unless that was done before."""
    files = project_files()
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
    folder = results / f"stock-{digest}"
    if (folder / "models" / f"{MODEL}.tar.gz").is_file():
        return folder
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    command = ["train", "--data", "data", "--fixed-model-name", MODEL]
    with (folder / "train.log").open("wb") as log:
        subprocess.run(rasa(*command), cwd=folder, check=True, stdout=log, stderr=log)
    return folder


def rasa(*arguments: str) -> list[str]:
    """Return a command of stock Rasa."""
    return [str(PYTHON), "-m", "rasa", *arguments]


def project_files() -> dict[str, str]:
    """Return the project's files by name."""
    phrases: dict[str, list[str]] = defaultdict(list)
    for text, label in own().train:
        phrases[label].append(plain(text))
    actions = {name: _action(name) for name in sorted(phrases)}
    nlu = [
        {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)}
        for name, texts in sorted(phrases.items())
    ]
    rules = [
        {"rule": name, "steps": [{"intent": name}, {"action": action}]}
        for name, action in actions.items()
    ]
    domain = {
        "version": "3.1",
        "intents": list(actions),
        "slots": {
            "topic": {
                "type": "text",
                "influence_conversation": False,
                "mappings": [{"type": "custom"}],
            }
        },
        "actions": ["action_answer"],
        "responses": _responses(),
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }
    return {
        "data/nlu.yml": _yaml({"version": "3.1", "nlu": nlu}),
        "data/rules.yml": _yaml({"version": "3.1", "rules": rules, "stories": _stories(actions)}),
        "domain.yml": _yaml(domain),
        "config.yml": _yaml(_configuration()),
        "credentials.yml": "rest:\n",
        "actions.py": _ACTIONS,
        "answers.json": json.dumps(_answers(), ensure_ascii=False),
    }


def _configuration() -> dict[str, Any]:
    """Return the pipeline and policies of `rasa init`, with few epochs."""
    ted = {"name": "TEDPolicy", "max_history": 5, "epochs": EPOCHS, "constrain_similarities": True}
    return {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "tr",
        "pipeline": [
            {**part, "epochs": EPOCHS} if "epochs" in part else dict(part) for part in STOCK
        ],
        "policies": [{"name": "MemoizationPolicy"}, {"name": "RulePolicy"}, ted],
    }


def _stories(actions: dict[str, str]) -> list[dict[str, Any]]:
    """Return a conversation of greeting, question and thanks for every tenth intent."""
    asked = [name for name, action in actions.items() if action == "action_answer"][::10]
    return [
        {
            "story": f"talk about {name}",
            "steps": [
                part
                for intent in ("selamlama", name, "tesekkur", "veda")
                for part in ({"intent": intent}, {"action": actions[intent]})
            ],
        }
        for name in asked
    ]


def _responses() -> dict[str, Any]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {_action(name): domain["responses"][_action(name)] for name in RESPONSES}


def _answers() -> dict[str, str]:
    answers = {entry.id: entry.answer for entry in current().entries.values()}
    return {**answers, "oos": "Bu sorunun yanıtı elimdeki belgelerde yok."}


def _action(intent: str) -> str:
    return f"utter_{intent.replace('-', '_')}" if intent in RESPONSES else "action_answer"


def _yaml(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
