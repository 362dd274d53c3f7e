"""All flows by their fixed ids."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from actions.flows.avrupa import Avrupa
from actions.flows.base import Flow
from actions.flows.hizmet_puani import HizmetPuani
from actions.flows.itiraz import Itiraz
from actions.flows.kalite import Kalite
from actions.flows.koordinator import Koordinator
from actions.flows.okul_etiketi import OkulEtiketi
from actions.flows.proje_siniri import ProjeSiniri
from actions.flows.uyelik import Uyelik
from actions.flows.yas import Yas

_ALL: Sequence[Flow] = (
    Uyelik(),
    Kalite(),
    OkulEtiketi(),
    Avrupa(),
    ProjeSiniri(),
    Itiraz(),
    HizmetPuani(),
    Yas(),
    Koordinator(),
)
CALCULATED: Mapping[str, Flow] = MappingProxyType({flow.id: flow for flow in _ALL})
GUIDED = ("akis-esep", "akis-davet")
FLOW_IDS = (*CALCULATED, *GUIDED)
