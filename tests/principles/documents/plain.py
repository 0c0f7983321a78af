"""Ten as plain text: copied from web pages, typed by hand, exported from old programs."""

from tests.principles.documents import Document

BRED = """Bredskolens princip om forældresamarbejde

Baggrund
Princippet bygger på skolens værdigrundlag og på drøftelser i skolebestyrelsen gennem hele efteråret.

Skolens opgaver
* Lærerne kontakter hjemmet tidligt, når noget bekymrer.
* Skolen holder mindst to samtaler om året med hvert hjem.
* Nye familier får en rundvisning.

Hjemmets opgaver
* Forældrene læser skolens beskeder mindst to gange om ugen.
* Forældrene taler pænt om skolen, når børnene hører det.

Elevernes opgaver
* Eleverne fortæller hjemme, hvad der sker i skolen.

Kontaktforældrenes rolle
* Kontaktforældrene arrangerer to sociale aftener om året.
* Kontaktforældrene tager imod nye familier.

Godkendt af skolebestyrelsen den 12. maj 2025
"""

LIA = """LIA SKOLE

Plan for samarbeid mellom heim og skule

1 Føremål
Planen skal gi elevane ein trygg kvardag gjennom eit godt samarbeid mellom heim og skule.

2 Kva heimen kan vente av skulen
- Kontaktlæraren svarar innan to dagar.
- Skulen kallar inn til to utviklingssamtalar i året.
- Skulen gir beskjed dersom ein elev har det vanskeleg.

3 Kva skulen ventar av heimen
- Heimen les det skulen sender ut.
- Heimen møter til samtalar og foreldremøte.

4 Foreldrekontaktar
Kvar klasse vel to foreldrekontaktar om hausten.
Foreldrekontaktane lagar minst eitt tiltak for heile klassen.

5 Lovgrunnlag
Opplæringslova § 10-1 seier at skulen skal samarbeide med foreldra.

Side 1 av 1
"""

NORTH = """# Home and School Agreement

Our agreement describes what we can expect of each other.

## The school will
1. Tell parents early when something is wrong.
2. Offer two meetings with every home each year.
3. Answer messages within two working days.

## Parents and carers will
1. Make sure their child comes to school rested and on time.
2. Read what the school sends.

## Pupils will
1. Do their best.
2. Tell an adult when somebody is left out.

## Review
The board looks at this agreement every second year.
"""

FOSS = """Foss barneskole
Forside > Om skolen > Planer

Forventninger til skole-hjem-samarbeidet på Foss

Skolens forventninger til foresatte:

• at dere møter på foreldremøter
• at dere følger med på barnets arbeidsplan
• at dere snakker positivt om skolen hjemme

Foresattes forventninger til skolen:

• at barnet blir sett hver dag
• at skolen tar kontakt tidlig
• at lærerne samarbeider

Elevens ansvar:

• å møte presis
• å ta med det utstyret som trengs

Les også:
Skolens ordensregler
Plan mot mobbing
"""

AAEN = """PRINCIP FOR FORÆLDREMØDER

FORMÅL
Forældremøderne skal styrke fællesskabet i klassen og give forældrene indblik i hverdagen i skolen.

MÅL
1. Alle hjem er repræsenteret på det første møde.
2. Forældrene kender de voksne omkring klassen.

SKOLENS ANSVAR
1. 1. klasse holder møde inden for de første seks uger.
2. Dagsordenen sendes ud en uge før mødet.
3. Referatet ligger på Aula senest 14 dage efter mødet.

FORÆLDRENES ANSVAR
1. Forældrene melder afbud, hvis de ikke kan komme.
2. Forældrene bidrager med punkter til dagsordenen.

OPFØLGNING
Skolebestyrelsen drøfter princippet hvert andet år.
"""

SOL = """Solbakken skole – regler for kommunikasjon

Hvordan vi snakker sammen

Vi ringer når noe er viktig eller vanskelig.

Vi skriver når det er en kort beskjed.

Skolen skal:

– bruke ett sted for alle beskjeder
– ikke sende meldinger etter klokken 17

Foreldrene skal:

– lese beskjeder innen to dager
– ikke diskutere andres barn i grupper

Når noe blir vanskelig

– Ta først kontakt med læreren det gjelder.
– Kom du ikke videre, kontakter du ledelsen.

Sist oppdatert 3. mars 2026
"""

ELM = """Elmeskolens princip for lektier

Indledning

Lektier er et fælles ansvar. Princippet gælder fra 15. august og for alle klasser fra 3. klasse.

Lærernes ansvar

a) Lektier skal kunne laves af eleven selv.
b) Lektier står på ugeplanen senest søndag aften.
c) Der gives ikke lektier for til ferier.

Forældrenes ansvar

a) Forældrene spørger til lektierne.
b) Forældrene giver besked, hvis lektierne tager for lang tid.

Elevernes ansvar

a) Eleverne spørger, hvis de er i tvivl.

Ledelsens ansvar

a) Ledelsen sikrer en lektiecafé to gange om ugen.
"""

VIK = """Vik skole: Plan for samarbeid skole-hjem 2025-2026

§ 1 Formål
Skolen og hjemmet skal sammen legge til rette for at elevene lærer og trives.

§ 2 Skolens plikter
Skolen skal holde foreldremøte hver høst.
Skolen skal gi foreldrene informasjon om læreplanen.

§ 3 Foreldrenes plikter
Foreldrene skal sørge for at barnet møter på skolen.

§ 4 Klager
Klager sendes til rektor, som svarer innen tre uker.

§ 5 Ikrafttredelse
Planen gjelder fra 1. august 2025 og til den blir endret av samarbeidsutvalget.
"""

GRAN = """Gran ungdomsskole

Prinsipper for et godt foreldresamarbeid

Trygghet: Vi møter hverandre med respekt og lytter før vi svarer.

Åpenhet: Vi sier fra tidlig, også når det er ubehagelig.

Skolens ansvar: Skolen inviterer til samtaler to ganger i året og svarer innen to dager.

Foreldrenes ansvar: Foreldrene holder seg orientert og møter forberedt.

Elevens ansvar: Eleven deltar i samtalene og sier hva hun eller han mener.
"""

DAL = """Indhold
Formål ........ 1
Skolens ansvar ........ 1
Forældrenes ansvar ........ 2
Aula ........ 2

Dalskolens princip for skole-hjem-kommunikation

Formål
Kommunikationen skal være klar, venlig og til gavn for
barnet, og den skal give hjemmet det overblik, som hver-
dagen kræver.

Skolens ansvar
• Personalet svarer på henvendelser inden for tre hver-
dage.
• Alle klasser bruger ugeplanen på samme måde.

Forældrenes ansvar
• Forældrene tjekker Aula mindst to gange om ugen.
• Forældrene ringer ved sygdom.

Aula
• Konflikter løses ikke på Aula.
• Billeder lægges kun op med samtykke.
"""

MADE = [
    ("bred.txt", BRED, "Bredskolens princip om forældresamarbejde", "da",
     [("other", "Baggrund", 1), ("school", "Skolens opgaver", 3), ("parents", "Hjemmets opgaver", 2),
      ("pupil", "Elevernes opgaver", 1), ("other", "Kontaktforældrenes rolle", 2)]),
    ("lia.txt", LIA, "Plan for samarbeid mellom heim og skule", "nn",
     [("purpose", "Føremål", 1), ("school", "Kva heimen kan vente av skulen", 3),
      ("parents", "Kva skulen ventar av heimen", 2), ("other", "Foreldrekontaktar", 2), ("formal_frame", "Lovgrunnlag", 1)]),
    ("north.md", NORTH, "Home and School Agreement", "en",
     [("school", "The school will", 3), ("parents", "Parents and carers will", 2), ("pupil", "Pupils will", 2),
      ("other", "Review", 1)]),
    ("foss.txt", FOSS, "Forventninger til skole-hjem-samarbeidet på Foss", "nb",
     [("parents", "Skolens forventninger til foresatte", 3), ("school", "Foresattes forventninger til skolen", 3),
      ("pupil", "Elevens ansvar", 2)]),
    ("aaen.txt", AAEN, "PRINCIP FOR FORÆLDREMØDER", "da",
     [("purpose", "FORMÅL", 1), ("goals", "MÅL", 2), ("school", "SKOLENS ANSVAR", 3),
      ("parents", "FORÆLDRENES ANSVAR", 2), ("next_steps", "OPFØLGNING", 1)]),
    ("sol.txt", SOL, "Solbakken skole – regler for kommunikasjon", "nb",
     [("other", "Hvordan vi snakker sammen", 2), ("school", "Skolen skal", 2), ("parents", "Foreldrene skal", 2),
      ("other", "Når noe blir vanskelig", 2)]),
    ("elm.txt", ELM, "Elmeskolens princip for lektier", "da",
     [("other", "Indledning", 1), ("school", "Lærernes ansvar", 3), ("parents", "Forældrenes ansvar", 2),
      ("pupil", "Elevernes ansvar", 1), ("management", "Ledelsens ansvar", 1)]),
    ("vik.txt", VIK, "Vik skole: Plan for samarbeid skole-hjem 2025-2026", "nb",
     [("purpose", "§ 1 Formål", 1), ("school", "§ 2 Skolens plikter", 2), ("parents", "§ 3 Foreldrenes plikter", 1),
      ("other", "§ 4 Klager", 1), ("other", "§ 5 Ikrafttredelse", 1)]),
    ("gran.txt", GRAN, "Prinsipper for et godt foreldresamarbeid", "nb",
     [("other", "Trygghet", 1), ("other", "Åpenhet", 1), ("school", "Skolens ansvar", 1),
      ("parents", "Foreldrenes ansvar", 1), ("pupil", "Elevens ansvar", 1)]),
    ("dal.txt", DAL, "Dalskolens princip for skole-hjem-kommunikation", "da",
     [("purpose", "Formål", 1), ("school", "Skolens ansvar", 2), ("parents", "Forældrenes ansvar", 2), ("other", "Aula", 2)]),
]  # fmt: skip
DOCUMENTS = [
    Document(name, text.encode, title, language, sections, text) for name, text, title, language, sections in MADE
]
