"""The closed cases of a year as a Noark 5 extract, `arkivstruktur.xml`."""

from datetime import date, datetime, time

from django.utils import timezone

from grants.archive.xml import SYSTEM, Writer, format_of, handler_of, moment, system_id, title_of, written_on
from grants.letters import office_of
from grants.papers import Way

extract = Writer("http://www.arkivverket.no/standarder/noark5/arkivstruktur")
of = extract.element
TYPES = {
    Way.IN: "Inngående dokument",
    Way.OUT: "Utgående dokument",
    Way.WITHIN: "Organinternt dokument uten oppfølging",
}
ENDED = "Avsluttet periode"


def arkivstruktur_of(municipality, year, cases):
    """`cases` are pairs of `closed.Closed` and its files."""
    begun, ended = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    span = [("opprettetDato", begun), ("opprettetAv", SYSTEM), ("avsluttetDato", ended), ("avsluttetAv", SYSTEM)]
    maker = [("arkivskaperID", municipality.number), ("arkivskaperNavn", municipality.name)]
    part = [
        ("systemID", system_id("part", municipality.pk, year)),
        ("tittel", str(year)),
        ("arkivdelstatus", ENDED),
        *span,
        ("arkivperiodeStartDato", f"{year}-01-01"),
        ("arkivperiodeSluttDato", f"{year}-12-31"),
        *_systems(municipality, year, cases, span[:2]),
    ]
    pairs = [
        ("systemID", system_id("archive", municipality.pk)),
        ("tittel", f"{municipality.name}: {SYSTEM}"),
        ("arkivstatus", "Avsluttet"),
        *span,
        ("arkivskaper", maker),
        ("arkivdel", part),
    ]
    return extract.document(of("arkiv", pairs))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time())).isoformat()


def _systems(municipality, year, cases, made):
    """The classes of the municipality's own plan, each with its cases."""
    by_class = {}
    for case, files in cases:
        by_class.setdefault(case.application.scheme.archive_class or "-", []).append((case, files))
    classes = [
        (
            "klasse",
            [
                ("systemID", system_id("class", municipality.pk, year, name)),
                ("klasseID", name),
                ("tittel", name),
                *made,
                *[("", _case(*one)) for one in found],
            ],
        )
        for name, found in sorted(by_class.items())
    ]
    head = [("systemID", system_id("plan", municipality.pk, year)), ("tittel", municipality.name), *made]
    return [("klassifikasjonssystem", [*head, *classes])] if classes else []


def _case(closed, files):
    application, school = closed.application, closed.application.school
    pairs = [
        ("systemID", system_id(application.pk)),
        ("mappeID", application.case_number),
        ("tittel", title_of(application)),
        ("offentligTittel", title_of(application)),
        ("dokumentmedium", "Elektronisk arkiv"),
        ("opprettetDato", moment(application.submitted_at, school)),
        ("opprettetAv", SYSTEM),
        ("avsluttetDato", moment(closed.at, school)),
        ("avsluttetAv", closed.by),
        ("part", [("partNavn", _class(application)), ("partRolle", "Klient")]),
        ("kassasjon", _disposal(closed)),
        *[("", _registration(application, file, number)) for number, file in enumerate(files, start=1)],
        ("saksaar", application.submitted_at.astimezone(school.zone).year),
        ("sakssekvensnummer", application.pk),
        ("saksdato", written_on(application.submitted_at, school)),
        ("administrativEnhet", office_of(application)),
        ("saksansvarlig", handler_of(application)),
        ("saksstatus", "Avsluttet"),
    ]
    return of("mappe", pairs, kind="saksmappe")


def _class(application):
    return f"{application.school_class.name}, {application.school.name}"


def _disposal(closed):
    """None for what is kept for good."""
    years = closed.application.scheme.kept_years
    if years is None:
        return None
    ends = closed.at.astimezone(closed.application.school.zone).date()
    until = date(ends.year + years, 12, 31)
    return [("kassasjonsvedtak", "Kasseres"), ("bevaringstid", years), ("kassasjonsdato", until.isoformat())]


def _registration(application, file, number):
    school, paper = application.school, file.paper
    written = moment(paper.at, school)
    dated = "mottattDato" if paper.way == Way.IN else "sendtDato"
    who = "Avsender" if paper.way == Way.IN else "Mottaker"
    pairs = [
        ("systemID", system_id(application.pk, paper.key, "registration")),
        ("opprettetDato", written),
        ("opprettetAv", paper.by),
        ("arkivertDato", written),
        ("arkivertAv", SYSTEM),
        ("", _document(application, file, written)),
        ("registreringsID", f"{application.case_number}-{number}"),
        ("tittel", paper.title),
        ("offentligTittel", paper.title),
        ("korrespondansepart", [("korrespondanseparttype", who), ("korrespondansepartNavn", _class(application))]),
        ("journalaar", paper.at.astimezone(school.zone).year),
        ("journalsekvensnummer", application.pk),
        ("journalpostnummer", number),
        ("journalposttype", TYPES[paper.way]),
        ("journalstatus", "Arkivert"),
        ("journaldato", written_on(paper.at, school)),
        ("dokumentetsDato", written_on(paper.at, school)),
        (dated, written),
    ]
    return of("registrering", pairs, kind="journalpost")


def _document(application, file, written):
    paper = file.paper
    pairs = [
        ("systemID", system_id(application.pk, paper.key)),
        ("dokumenttype", "Vedlegg" if paper.attached_to else "Brev"),
        ("dokumentstatus", "Dokumentet er ferdigstilt"),
        ("tittel", paper.title),
        ("opprettetDato", written),
        ("opprettetAv", paper.by),
        ("tilknyttetRegistreringSom", "Hoveddokument"),
        ("dokumentnummer", 1),
        ("tilknyttetDato", written),
        ("tilknyttetAv", SYSTEM),
        ("", _object(application, file, written)),
    ]
    return of("dokumentbeskrivelse", pairs)


def _object(application, file, written):
    format_, detail = format_of(file.paper)
    pairs = [
        ("systemID", system_id(application.pk, file.paper.key, "file")),
        ("versjonsnummer", 1),
        ("variantformat", "Arkivformat"),
        ("format", format_),
        ("formatDetaljer", detail),
        ("opprettetDato", written),
        ("opprettetAv", SYSTEM),
        ("referanseDokumentfil", file.name),
        ("sjekksum", file.sha256),
        ("sjekksumAlgoritme", "SHA-256"),
        ("filstoerrelse", len(file.content)),
    ]
    return of("dokumentobjekt", pairs)
