"""Ten as PDF, set by typst: columns, tables, heads and feet, justified lines, contents."""

import re
from functools import partial

import typst

from tests.principles.documents import Document

PAGE = '#set page(paper: "a4")\n#set text(size: 11pt, lang: "nb")\n'
HEADED = """#set page(paper: "a4", header: [Fjell skole #h(1fr) Planer 2026], footer: context align(center)[Side
#counter(page).display() av 2])
#set text(size: 11pt)
"""

PLAIN = """= Plan for samarbeid mellom hjem og skole

Planen er laget av foreldre, elever og lærere sammen.

== Mål
- Alle hjem kjenner minst to andre hjem i klassen.
- Alle elever har en voksen på skolen som de stoler på.

== Skolens ansvar
- Skolen inviterer til foreldremøte to ganger i året, og sender ut innkalling i god tid, slik at alle som vil komme, kan
  planlegge for det.
- Skolen svarer innen to dager.

== Foreldrenes ansvar
- Foreldrene møter.
"""

COLUMNS = """= Princip for samarbejde

#columns(2)[
*Skolens ansvar*
- Skolen indkalder til møder i god tid og sender en dagsorden, som alle kan forstå.
- Skolen svarer på henvendelser inden for tre dage, også når svaret er, at det tager længere tid.
- Skolen spørger eleverne.
#colbreak()
*Forældrenes ansvar*
- Forældrene læser det, som skolen sender, og spørger, hvis noget er uklart.
- Forældrene møder op.
]
"""

SIDES = """= Avtale mellom skule og heim

#table(columns: (1fr, 1fr), stroke: 0.5pt,
[*Skulen sitt ansvar*], [*Heimen sitt ansvar*],
[- Skulen ringjer heim når noko skjer.
- Skulen held to foreldremøte kvart år.], [- Heimen seier frå når barnet er sjukt.
- Heimen les vekeplanen.
- Heimen kjem på møte.])
"""

HEADS = """= Prinsipp for kommunikasjon

== Formål
Kommunikasjonen skal være tydelig, vennlig og nyttig for eleven.

== Skolens oppgaver
- Skolen samler beskjeder på ett sted.
- Skolen bruker klart språk.
#pagebreak()
== Foreldrenes oppgaver
- Foreldrene leser beskjeder hver uke.
- Foreldrene ringer når det haster.

== Språk og tolk
- Skolen bestiller tolk når en familie ber om det.
"""

JUSTIFIED = """#set par(justify: true)
#set text(hyphenate: true, lang: "da")
= Princip for lektier

== Formål
Lektier skal give eleverne øvelse i at arbejde selvstændigt, og de skal være et fælles anliggende mellem skolen, hjemmet og
eleven, sådan at ingen af dem står alene med ansvaret for, at lektierne bliver lavet.

== Lærernes ansvar
- Lærerne giver lektier, som eleverne kan løse uden hjælp, og forklarer i timen, hvordan de skal løses og hvornår de skal
  afleveres.

== Forældrenes ansvar
- Forældrene sørger for ro omkring lektierne og viser interesse for, hvad eleverne har lært i løbet af dagen.
"""

NUMBERS = """#set heading(numbering: "1.1")
= Formål
Samarbeidet skal gi trygge barn og trygge foreldre gjennom hele skoletiden.

= Skolens ansvar
+ Skolen gir informasjon.
+ Skolen tar imod alle henvendelser.

= Foreldrenes ansvar
+ Foreldrene deltar.

= Foreldremøter
Det holdes to møter i året, ett om høsten og ett om våren.
"""

CONTENTS = """= Plan for heim-skule-samarbeid
#outline(title: [Innhald])

== Føremål
Planen skal sikre eit godt samarbeid gjennom heile skuleløpet.

== Skulen sine oppgåver
- Skulen kallar inn.

== Foreldra sine oppgåver
- Foreldra møter.

== Klassekontaktar
- Kvar klasse vel to.
"""

LABELS = """= Princip for skole-hjem-samarbejde

#table(columns: (3.2cm, 1fr), stroke: none,
[Formål], [- Et godt samarbejde bygger på ligeværdighed og respekt mellem hjem og skole, så barnet lærer og trives gennem hele
skoleforløbet.],
[Skolens ansvar], [- At have barnets læring og trivsel i fokus i samarbejdet med hjemmet.
- At tage alle henvendelser alvorligt og svare venligt og tydeligt på dem.],
[Forældrenes ansvar], [- At bakke op om barnets skolegang og vise interesse for det, som sker i skolen hver dag.
- At barnet møder udhvilet til tiden.])
"""

BOLD = """*Home-school agreement*

*The school will*
- Keep parents informed about progress.
- Listen to concerns.

*Parents will*
- Support the school's values.

*Pupils will*
- Come to school on time.
- Be kind.

*Complaints*

Write to the head teacher, who answers within ten days.
"""

LONG = """= Retningslinjer for foreldrekontakter

== Valg
Foreldrekontaktene velges på det første foreldremøtet om høsten.

== Oppgaver
- Foreldrekontaktene tar imot nye familier og forteller dem hvem de kan spørre, når de lurer på noe.
- Foreldrekontaktene lager minst to sosiale tiltak i året, der alle kan være med uten å betale.
- Foreldrekontaktene tar opp saker for hele klassen, og aldri saker om ett barn.

== Skolens ansvar
- Skolen gir foreldrekontaktene en innføring.
- Skolen låner ut lokaler.

== Taushet
Det som blir fortalt om en familie, blir ikke fortalt videre.
"""

MADE = [
    ("plain", PAGE + PLAIN, "Plan for samarbeid mellom hjem og skole", "nb",
     [("goals", "Mål", 2), ("school", "Skolens ansvar", 2), ("parents", "Foreldrenes ansvar", 1)]),
    ("columns", PAGE + COLUMNS, "Princip for samarbejde", "da",
     [("school", "Skolens ansvar", 3), ("parents", "Forældrenes ansvar", 2)]),
    ("sides", PAGE + SIDES, "Avtale mellom skule og heim", "nn",
     [("school", "Skulen sitt ansvar", 2), ("parents", "Heimen sitt ansvar", 3)]),
    ("heads", HEADED + HEADS, "Prinsipp for kommunikasjon", "nb",
     [("purpose", "Formål", 1), ("school", "Skolens oppgaver", 2), ("parents", "Foreldrenes oppgaver", 2),
      ("other", "Språk og tolk", 1)]),
    ("justified", PAGE + JUSTIFIED, "Princip for lektier", "da",
     [("purpose", "Formål", 1), ("school", "Lærernes ansvar", 1), ("parents", "Forældrenes ansvar", 1)]),
    ("numbers", PAGE + "#text(size: 18pt)[*Samarbeidsplan*]\n\n" + NUMBERS, "Samarbeidsplan", "nb",
     [("purpose", "Formål", 1), ("school", "Skolens ansvar", 2), ("parents", "Foreldrenes ansvar", 1),
      ("other", "Foreldremøter", 1)]),
    ("contents", PAGE + CONTENTS, "Plan for heim-skule-samarbeid", "nn",
     [("purpose", "Føremål", 1), ("school", "Skulen sine oppgåver", 1), ("parents", "Foreldra sine oppgåver", 1),
      ("other", "Klassekontaktar", 1)]),
    ("labels", PAGE + LABELS, "Princip for skole-hjem-samarbejde", "da",
     [("purpose", "Formål", 1), ("school", "Skolens ansvar", 2), ("parents", "Forældrenes ansvar", 2)]),
    ("bold", PAGE + BOLD, "Home-school agreement", "en",
     [("school", "The school will", 2), ("parents", "Parents will", 1), ("pupil", "Pupils will", 2),
      ("other", "Complaints", 1)]),
    ("long", PAGE + LONG, "Retningslinjer for foreldrekontakter", "nb",
     [("other", "Valg", 1), ("other", "Oppgaver", 3), ("school", "Skolens ansvar", 2), ("other", "Taushet", 1)]),
]  # fmt: skip
ORDERS = [
    "^#set.*$",
    "^#pagebreak.*$",
    r"#table\([^\[]*",
    r"#columns\(2\)",
    r"#colbreak\(\)",
    r"#outline\(title: ",
    r"#text\(size: 18pt\)",
]
SETTING = re.compile("|".join(ORDERS), re.MULTILINE)


def words_in(text):
    """What is set, without the orders to typst: the words of the source, and none of its heads and feet."""
    text = text.replace(HEADED, "")
    return SETTING.sub(" ", text)


DOCUMENTS = [
    Document(f"{name}.pdf", partial(typst.compile, text.encode()), title, language, sections, words_in(text))
    for name, text, title, language, sections in MADE
]
