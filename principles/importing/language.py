"""Which of the four languages a text is written in, told by hundreds of its small words and by parts of longer ones."""

import re

WORDS = {
    "da": """af at blev blive bliver børn børnene børns da der dig din efter eller en et fra før forældre forældrene
        forældrenes gennem gerne give giver god hinanden hjælp hjælpe hos hvad hvem hver hvert hvilke hvis hvor hvordan
        hvorfor ikke ind jeres kender kommer kunne lave læse lærer lærere lærerne læreren læring maj mellem mere møde
        møder nogen noget nogle nu næste når også om opdateret os over på samarbejde samarbejdet sammen se siger
        skolebestyrelsen skridt sprog sted sådan svært tage tager tid tidligt til uden udvikling under uge ugen ved vi
        vores være vælges ønsker aftales aftaler aftale efteråret foråret sendt orienterer orienteres trives hvornår
        barnets fravær lektier hjemmet eleverne elevernes ud pædagoger pædagogerne pædagog ligeværdighed opgaver ansvar
        skolen""",
    "nb": """av at ble blir bli barn barna barnas da der deg din etter eller en et fra før foreldre foreldrene foreldrenes
        foresatte foresattes gjennom gjerne gi gir god hverandre hjelp hjelpe hos hva hvem hver hvert hvilke hvis hvor
        hvordan hvorfor ikke inn deres kjenner kommer kunne lage lese lærer lærere lærerne læreren læring mai mellom mer
        møte møter noen noe nå neste når også om oppdatert oss over på samarbeid samarbeidet sammen se sier steg språk
        sted slik vanskelig ta tar tid tidlig til uten utvikling under uke uken ved vi våre vår være velges ønsker
        avtales avtaler avtale høsten våren sendt informerer informeres trives når barnets fravær lekser hjemmet elevene
        elevenes jevnlig ut opp skal oppgaver ansvar skolen bidra bidrar""",
    "nn": """av at vart blir bli barn barna då der deg din etter eller ein ei eit frå før foreldre foreldra føresette
        gjennom gjerne gje gir gjev god kvarandre hjelp hjelpe hos kva kven kvar kvart kva viss kor korleis kvifor
        ikkje inn dykkar kjenner kjem kunne lage lese lærar lærarar lærarane læraren læring mai mellom meir møte nokon
        noko nokre no neste når også om oppdatert oss over på samarbeid samarbeidet saman sjå seier steg språk stad slik
        vanskeleg ta tek tid tidleg til utan utvikling under veke veka ved vi me våre vår vere veljast ynskjer ønskjer
        avtale hausten våren sendt trivst barnet fråvær lekser leksene heim heimen elevane skule skulen skulane dei berre
        éin ut opp skal oppgåver ansvar bidra bidreg""",
    "en": """the a an and of to in that with their they parents parent school schools pupil pupils student students children
        child is are be by for should must will shall our we at on from this it as or teacher teachers home each all
        year every when how what who not have has meeting meetings write read learn help contact""",
}
PARTS = {
    "da": "forældre princip samarbejd fælles børne hjælp lærerne møde skolebestyr tion hed skole hjem lærer inden lægge",
    "nb": "foreldre prinsipp samarbeid felles hjelp møte foresatte skole hjem lærer sjon het",
    "nn": "foreldre prinsipp samarbeid felles hjelp møte føresette skule heim lærar sjon leik",
    "en": "principle cooperation co-operation responsib meeting tion",
}
OWN = {language: set(words.split()) for language, words in WORDS.items()}
OF = {language: set(parts.split()) for language, parts in PARTS.items()}
PART = re.compile("|".join(sorted(set().union(*OF.values()), key=len, reverse=True)))


def language_spoken(text):
    """ "" where no word tells it, or two languages fit as well."""
    score = dict.fromkeys(OWN, 0)
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        part = PART.search(word)
        for language, own in OWN.items():
            score[language] += word in own or bool(part and part[0] in OF[language])
    first, second = sorted(score, key=score.get, reverse=True)[:2]
    return first if score[first] > score[second] else ""
