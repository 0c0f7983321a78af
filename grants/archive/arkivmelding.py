"""One case as `arkivmelding`, in the form in which KS Fiks Arkiv takes it: the case, and one registration with all its
papers, of which the newest decision is the main one."""

from xml.etree import ElementTree as ET

from django.utils import timezone

from grants.archive.closed import closed_of
from grants.archive.xml import SYSTEM, Writer, format_of, handler_of, moment, system_id, title_of, written_on
from grants.letters import office_of

NAMESPACE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
CATALOGUE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
ENDED, GOING_ON = ("A", "Avsluttet"), ("B", "Under behandling")
ET.register_namespace("n5mdk", CATALOGUE)
inner, outer = Writer(CATALOGUE), Writer(NAMESPACE)


def arkivmelding_of(application, files):
    pairs = [
        ("system", SYSTEM),
        ("antallFiler", len(files)),
        ("", _case(application)),
        ("", _registration(application, files)),
    ]
    return outer.document(outer.element("arkivmelding", pairs))


def _code(name, code, said):
    return "", _of_catalogue(name, [("kode", code), ("beskrivelse", said)])


def _of_catalogue(name, pairs):
    made = outer.element(name, [])
    made.extend(inner.element("-", pairs))
    return made


def _key(application, key):
    return "", _of_catalogue("referanseEksternNoekkel", [("fagsystem", SYSTEM), ("noekkel", key)])


def _case(application):
    scheme, school = application.scheme, application.school
    year, number = application.submitted_at.astimezone(school.zone).year, application.pk
    classified = [
        ("klassifikasjonssystemID", "K"),
        ("klasseID", scheme.archive_class),
        ("tittel", scheme.archive_class),
    ]
    pairs = [
        ("systemID", system_id(application.pk)),
        ("tittel", title_of(application)),
        ("offentligTittel", title_of(application)),
        ("opprettetDato", moment(application.submitted_at, school)),
        ("opprettetAv", SYSTEM),
        ("", _party(application)),
        ("klassifikasjon", classified if scheme.archive_class else None),
        _key(application, application.case_number),
        ("saksaar", year),
        ("sakssekvensnummer", number),
        ("saksdato", written_on(application.submitted_at, school)),
        ("", _of_catalogue("administrativEnhet", [("navn", office_of(application))])),
        ("", _of_catalogue("saksansvarlig", [("navn", handler_of(application))])),
        _code("saksstatus", *(ENDED if closed_of(application, timezone.now()) else GOING_ON)),
    ]
    return outer.element("mappe", pairs, kind="saksmappe")


def _party(application):
    """The class is the party; who spoke for it stands in the papers."""
    return outer.element("part", [("partNavn", f"{application.school_class.name}, {application.school.name}")])


def _registration(application, files):
    school = application.school
    main = max((file for file in files if file.paper.key.startswith("decision")), key=lambda file: file.number)
    ordered = [main, *(file for file in files if file is not main)]
    pairs = [
        ("systemID", system_id(application.pk, "registration")),
        ("opprettetDato", moment(application.submitted_at, school)),
        ("opprettetAv", SYSTEM),
        *[("", _document(application, file, number, file is main)) for number, file in enumerate(ordered, start=1)],
        ("tittel", main.paper.title),
        ("offentligTittel", main.paper.title),
        ("", _correspondent(application)),
        _key(application, application.case_number),
        _code("journalposttype", "U", "Utgående dokument"),
        _code("journalstatus", "J", "Journalført"),
        ("journaldato", written_on(main.paper.at, school)),
        ("dokumentetsDato", written_on(main.paper.at, school)),
        ("sendtDato", moment(main.paper.at, school)),
        ("antallVedlegg", len(files) - 1),
    ]
    return outer.element("registrering", pairs, kind="journalpost")


def _correspondent(application):
    pairs = [_code("korrespondanseparttype", "EM", "Mottaker")]
    return outer.element(
        "korrespondansepart",
        [*pairs, ("korrespondansepartNavn", f"{application.school_class.name}, {application.school.name}")],
    )


def _document(application, file, number, is_main):
    written = moment(file.paper.at, application.school)
    pairs = [
        ("systemID", system_id(application.pk, file.paper.key)),
        _code("dokumentstatus", "F", "Dokumentet er ferdigstilt"),
        ("tittel", file.paper.title),
        ("opprettetDato", written),
        ("opprettetAv", file.paper.by),
        _code("tilknyttetRegistreringSom", *(("H", "Hoveddokument") if is_main else ("V", "Vedlegg"))),
        ("dokumentnummer", number),
        ("tilknyttetDato", written),
        ("tilknyttetAv", SYSTEM),
        ("", _object(file, written)),
    ]
    return outer.element("dokumentbeskrivelse", pairs)


def _object(file, written):
    format_, detail = format_of(file.paper)
    pairs = [
        ("versjonsnummer", 1),
        _code("variantformat", "A", "Arkivformat"),
        _code("format", format_, detail),
        ("mimeType", file.paper.kind),
        ("opprettetDato", written),
        ("filnavn", file.name),
        ("referanseDokumentfil", file.name),
        ("sjekksum", file.sha256),
        ("sjekksumAlgoritme", "SHA-256"),
        ("filstoerrelse", len(file.content)),
    ]
    return outer.element("dokumentobjekt", pairs)
