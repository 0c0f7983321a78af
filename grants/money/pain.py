"""The file for the bank: ISO 20022 pain.001.001.09, in kroner, to Norwegian account numbers. Portal makes it, people in
the municipality's own system approve it.

    MsgId        from what is paid, to whom and from where: the same payment twice has the same number
    EndToEndId   the case, the version of its decision, and which payment under it from the second on
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree import ElementTree

from django.utils.crypto import salted_hmac

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY = "NOK"
NAME_LENGTH, TOWN_LENGTH, NOTE_LENGTH = 70, 35, 140


@dataclass(frozen=True)
class Payer:
    name: str
    account: str = field(repr=False)
    bic: str = ""


@dataclass(frozen=True)
class Transfer:
    reference: str
    amount: int
    name: str
    town: str
    account: str = field(repr=False)
    note: str


def digits(account: str) -> str:
    return "".join(sign for sign in account if sign in "0123456789")


def number_of(payer: Payer, pay_on: date, transfers: list[Transfer]) -> str:
    """Keyed, so that nobody can find out an account number by trying them all."""
    said = [f"{one.reference} {one.amount} {digits(one.account)}" for one in transfers]
    content = "\n".join([digits(payer.account), pay_on.isoformat(), *sorted(said)])
    return f"SB{salted_hmac('grants.money.pain', content, algorithm='sha256').hexdigest()[:32]}"


def written(number: str, made_at: datetime, payer: Payer, pay_on: date, transfers: list[Transfer]) -> bytes:
    count, total = str(len(transfers)), _kroner(sum(one.amount for one in transfers))
    document = ElementTree.Element("Document", xmlns=NAMESPACE)
    begun = ElementTree.SubElement(document, "CstmrCdtTrfInitn")
    _add(
        begun,
        "GrpHdr",
        MsgId=number,
        CreDtTm=made_at.strftime("%Y-%m-%dT%H:%M:%S"),
        NbOfTxs=count,
        CtrlSum=total,
        InitgPty={"Nm": payer.name[:NAME_LENGTH]},
    )
    payment = _add(
        begun,
        "PmtInf",
        PmtInfId=number,
        PmtMtd="TRF",
        NbOfTxs=count,
        CtrlSum=total,
        PmtTpInf={"InstrPrty": "NORM", "SvcLvl": {"Cd": "NURG"}},
        ReqdExctnDt={"Dt": pay_on.isoformat()},
        Dbtr=_party(payer.name, payer.name),
        DbtrAcct=_account(payer.account, Ccy=CURRENCY),
        DbtrAgt={"FinInstnId": {"BICFI": payer.bic} if payer.bic else {"Othr": {"Id": "NOTPROVIDED"}}},
        ChrgBr="SLEV",
    )
    for one in transfers:
        _transfer(payment, one)
    return ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)


def _transfer(payment, one):
    added = _add(payment, "CdtTrfTxInf", PmtId={"InstrId": one.reference, "EndToEndId": one.reference})
    amount = ElementTree.SubElement(ElementTree.SubElement(added, "Amt"), "InstdAmt", Ccy=CURRENCY)
    amount.text = _kroner(one.amount)
    _fill(added, {"Cdtr": _party(one.name, one.town), "CdtrAcct": _account(one.account)})
    _fill(added, {"RmtInf": {"Ustrd": one.note[:NOTE_LENGTH]}})


def _party(name, town):
    return {"Nm": name[:NAME_LENGTH], "PstlAdr": {"TwnNm": town[:TOWN_LENGTH], "Ctry": "NO"}}


def _account(account, **further):
    return {"Id": {"Othr": {"Id": digits(account), "SchmeNm": {"Cd": "BBAN"}}}, **further}


def _kroner(ore):
    return f"{ore // 100}.{ore % 100:02}"


def _add(parent, name, **content):
    return _fill(ElementTree.SubElement(parent, name), content)


def _fill(parent, content):
    for name, value in content.items():
        child = ElementTree.SubElement(parent, name)
        if isinstance(value, dict):
            _fill(child, value)
        else:
            child.text = value
    return parent
