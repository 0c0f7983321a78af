"""Words that a class notice may well have in it, in Norwegian, Danish and English, as `fold` leaves them."""


def _all(text):
    return frozenset(text.split())


# Names that are words too. Who has such a child in the class is asked, and nothing is stopped.
NAMES_THAT_ARE_WORDS = _all(
    """
    aas alm and ane are ari art ask august aurora ben bent berg bille bjerg bjork bjorn blom bo borg brage bred
    bro brun by dag daisy dal dale dam dan dina dine eide eik ein eir else eng engen even falk fall fin finn
    fisker fjell fjord foss frank fred frost furu glede grace gran gro grove gry hage hagen hall hans hassel
    haug haugen hauk hav havn hegg helle hjort holm holt hope host hval hvid iben iris jan jasmin jo joy jul
    juli june juni juul kai kim king kirke kort krog kvist lam lang lange li lie lien lilje lily lin lind linde
    line liv long lund lunde lykke mai maks mark max may mette mild minde mo mod moe moen my myr nes ness noen
    nord norge odd ode oliven or orm orn os per pil pol rev rod rose rune ruud sand sande sanne signe siv sjo
    skog skov sky smed snor sol sommer steen stein stig stokke stor stork storm strand sund svan tage tang tid
    tim ting tom tone tor torp tro tur ture tveit ulv unn urd vaar vang var varg vega vera vik viken vilde vilje
    villa ville vinter vold voll voss white will winter young
    """
)

# Words that are close to a name: with a small letter they say nothing about a child.
COMMON = _all(
    """
    a al aldri alias alle alltid altid an and anden andet andre andres annen annet are at av bade banne barn
    barna barne barnet be ben bli blir bort bra bringe bruk bruke bruker da dag dagen dager dans de dem den
    denne der dere deres det dette dig din dine disse dit ditt du eg ei eit elev eleven elevene elever eller
    ellers emne en enda ende ending ene enige er et ett etter even ever every familie family far father felles
    fellesskap ferie fine finne finner flere for fordi fore fra fredag fredags fri frist fysisk gang gange
    ganger gar gi gir glad god gode godt gruppe gutt ha hadde hans har hat hatt hel hele hende hender hendes
    hendte henne hennes hente henter her hilsen hilser hja hjelp hjem hjemme ho holde holder hos hun hva hvem
    hverdag hvis hvor i ide ikke ikkje in ingen ingenting inn inne innen is it ja jeg jente jo julen kan kanne
    kanskje kaste kjenne kjenner klar klare klart klasse klassen komme kommer kunne la lage lager land lang
    langs lar later lesing line lines linje lions liste lister liten litt liv lopet lukke lunch lys made make
    male malen maler malt mandag mange mangel mann mannen margin marin mark marked marker markere marks marsj
    mat med medan mein mellom men mens mer mest mette midt min mine minst mobil monday mor morgen morgon mot
    mother move my na nar need nei nesten never ni no noe noen nogen nokre nor not ny nye oftest og on onsdag
    onske onsker opp oss other over pa panne paper partner penn per pris roller runde sa same samle samling
    samme sammen samt sande sanger sanne se seg sei selv sende sender sendt si sidan side siden sig sin sine
    sist sitt skal skole skolen skrive skriver snakk snakke snakker so sola som sondag sone spise spor sted
    stemme stille stor store storre strek style sunday svare svarer synes synge syns ta tak takk tale tar tema
    ten the there these they this tid tiden tider til time timen timer tirsdag to tone torsdag trenge trenger
    trinn trygg trygt tur turen uke uken under ut ute uten valg valgt vanlig var vara ved venner vente venter
    vera vi vil vilje villa ville viser viste vite water with you your
    """
)

# Words with a capital letter within a sentence that are no names of children.
CAPITAL = _all(
    """
    advent aula christmas danish danmark denmark easter english facebook fau fridays google halloween instagram january
    february april monday tuesday wednesday thursday friday saturday sunday march may july august september october
    november december messenger mondays norge norway norwegian pokemon roblox sfo sms snapchat sos teams tiktok vigilo
    whatsapp youtube minecraft fortnite netflix europe oslo bergen nato skolebro
    arabic ashura buddhism burmese covid csv diwali estonian excel french hashanah hinduism judaism latvian lithuanian
    noreg nowruz orthodox pashto passover pdf persian polish portuguese romanian rosh russian shrovetide sikhism somali
    sorani spanish swahili tamil thai tigrinya turkish ukrainian urdu vaisakhi vesak vietnamese yom kippur
    """
)

IN_NAMES = _all("van von der den de del della la le el al bin ibn abu af av da dos du ter ten und y")

# How a text speaks of one child without naming it, in small letters.
ONE = r"(?:en|ein|et|eit|ei|én|éin|ett|a|one|another)"
THE = r"(?:den|det|the) (?:nye|same|samme|aktuelle|ene|new)"
CHILD = r"(?:elev(?:en)?|gutt?(?:en)?|jent(?:e|a|en)|pigen?|dreng(?:en)?|barn(?:et)?|pupil|boy|girl|child|student)"
POINTING = (
    rf"{ONE} (?:\w+ )?{CHILD}",
    rf"{THE} {CHILD}",
    r"(?:gutten|guten|jenta|jenten|pigen|drengen|the boy|the girl) (?:som|der|who)",
    r"(?:rullestol|kørestol|wheelchair|diagnos|adhd|autis|barnevern|fosterhjem|plejefamilie)\w*",
)
