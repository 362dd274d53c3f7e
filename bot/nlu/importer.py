"""Read Rasa's files, with the retrieval keys kept as labels of our own classifier."""

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT_RESPONSE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.labels import LABEL


class EntryImporter(RasaFileImporter):
    """Rasa's own importer, with `faq/ke-01` moved from the retrieval key to the label.

    For a retrieval key Rasa demands a ResponseSelector (TensorFlow) and a copy of every
    answer in the domain, and warns of each phrase that has none. Here the classifier
    ranks the keys and `action_answer` reads the answer from `knowledge/`. `rasa test
    nlu` reads its files without this importer and so reports on the keys.
    """

    def get_nlu_data(self, language: str | None = "tr") -> TrainingData:
        """Return the training data, retrieval keys as labels."""
        data = super().get_nlu_data(language)
        examples = []
        for example in data.training_examples:
            properties = dict(example.data)
            if key := properties.pop(INTENT_RESPONSE_KEY, None):
                properties[LABEL] = key
            examples.append(Message(data=properties))
        return TrainingData(
            examples,
            data.entity_synonyms,
            data.regex_features,
            data.lookup_tables,
            data.responses,
        )
