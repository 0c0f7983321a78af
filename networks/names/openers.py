"""Words with which a sentence begins that are no names, in Norwegian, Danish and English, as `fold` leaves them. They say
nothing of a word within a sentence, and none that is a given name stands among them."""

WORDS = """
aben abent abn abner abnet abningssporgsmalet abonner about above accessibility account add added address adgangskoder
adgangsnogle adgangsnoglen administrasjonen admire adopted adressa adresse adressen adults af afbestil afbestilt afgjort afgor
afgorelsen afgorelser afgrans afhanger afholdt aflever aflys aflyser aflyst afslaet afslut afslutning afsnittet afstemningen
aftal aftale aftalen aftaler aftalt after afternoons afterwards agenda ages agree agreed agreement agreements akebrett
akedag aktivitetsdag alder aldrig all alt amount andel andrer andret andringen angiv angra angre angret angringa angringen
annuller another ansatte ansoger ansogeren ansogning ansogningen ansogningerne ansvarleg ansvarlig answer answered answers antal
antall any anyone apen apne apner apnet apningssporsmalet applicant application applications applied applies apply appoint
appointment arabic arabisk arbejdsdag arbejdsdagen aret arrangement arrangementer arrangementet arrangementets arrangorane
arrangorerne as ashura asked assessment assistent assistenten autumn avbestill avbestilt avbryt avgjer avgjor avgjord avgjort
avgrens avgrensa avgrensinga avlys avlyser avlyst avroystinga avslatt avslutning avslutt avslutta avsluttet avslutting avsnittet
avstemningen avtal avtalar avtale avtalen avtaler avtalt awarded awards ba back bad badeklede badetoj badetoy bading bage
bagefter bake baking bal balance bare barnepass barnets basar based bathing bed beder before begge begin begrens begrenset
begrensningen begrundelsen begrunnelsen begynd begynder begynn behald behandl behold behov being beklager bekraft bekraftet
bekreft bekreftet belob belop below bemarket ber beregnet berre beside besked beskeden beskeder beskederne beskedgrupper beskjed
beskjedane beskjedar beskjeden beskjedene beskjeder beskyt beskytt beskyttelse beskyttelsen beskyttet best bestem bestemt bestil
bestill bestilling bestillinga bestillingen bestilt bestyrelsen bestyrelsesmedlem besvaret besvart betalt betingelser
betingelserne between beundr beundre bevilget bildene bilder billeder biograf birthday birthdays bland blanda blandede blank ble
blei bliv bliver block blocked board bog boger bok bokene boker boksen bollar boller bonfire bonusforalder book booked booket
booking bor bord borde born borna bornene bornenes bornepasning borrow bortfalder both bowling brand brann bratspilsaften break
breakfast brettspelkveld brettspillkveld brev breva breve brevene brevet bring brothers brug bruger brukar brunch buddhism
buddhisme budt build bullying bur burmese burmesisk bursdag bursdagar bursdagen bursdager bus buss bussen byg bygg bygger
byggjer byrj byt bytt byttedag byttet cake calculated calendars call called calls came camping can cancel cancelled cannot case
celebrate change changed check child children choose chores chosen cinema class classes clear close closed clothes code codes
collected colour come comes coming common compare conditions conference conferences confidential confirm confirmed conflicts
contact contacts cooking coordinate copy correct corrected cost costs could count country counts courage covered covid csv cups
cycling cykeldag cykeltur dagar dage dagens dagsorden dakke dakker dancing danse dansk dark date dates dato datoane datoar
datoen datoene datoer datoerne day days deadline dear decide decided decisions declined dei dekke dekker dekkje dekkjer del
delar dele delen deler delete deleted delt delvis delvist demoens deputy derefter derfor derhjemme dersom desse di diagnosar
diagnoser diagnoses did difor digitaliseringsstyrelsen disko diskotek diwali do does done download draft drafts draw drawing
drawn drengene dressing driftsstyre driftsstyret drikkedunk drikkeflaske dropped dugnad dugnaden dykkar each earlier easier
efter efterar efteraret efterarsferie eftermiddage efternavn egen egne eigen eitt eksporter ekstra elect elected elevane
elevar eleverne elevsamtale elles emner empties empty end ended endra endre endret endringa endringen ends endte engelsk enig
enough error erstatta erstattet estisk estonian ettermiddagar ettermiddager etternamn etternavn etterpa evaluer evalueres
evalueringsdato everybody everyone everything excel export extra fa facts fag faget faglarar faglarer fakta faller falles falls
familiane familiar familiehelg familien familiene familiens familier familierne families familieweekend fardig fargejakt farre
farvejagt fast fastelavn fastsat feil feir fejl fejr fekk fell fem ferdig ferien feriens fest fester few fewer fik fikk fila
filen filene filer filerne files fill film filmaften filmkveld filtrer find fint fire first fits five fix fjelltur fjern fjerna
fjerne fjerner fjernet flea fleire flyt flytt flytta flyttar flytter flyttet fodbold fodboldkamp fodselsdag fodselsdage
fodselsdagen foerste foj folger folgjer food football foraeldrene foralder foraldre foraldreaftale foraldremode foraldremoder
foraldremodet foraldrene foraldrenetvarket forar foraret forarsjavndogn forbered forberedelse fordel forebu forebuing forelder
foreldra foreldre foreldreansvar foreldrekaffe foreldremote foreldremoter foreldremotet foreldrene foreldrenettverket foremal
forenamn foresatt foresatte foresett foresette foresla foreslaet foreslatt forholdet forkast forkasta forlader formal formell
formelle forms fornamn fornamnet fornavn fornavne fornavnet forre forrige forsikre forslaget forst forste fortal fortel fortell
fortrolig fortrudt fortruleg fortryd fortsat fortsatt fortsett foster fosterforelder fotball fotballkamp foto fotograf
fotografering four fram framlegget framleis fransk fratag fratagelse fratagelsen free french friend friends friendship
friendships fristen frivillige frokost from frugt fruit frukost fuldmanen fullmanen fullmektig fungerende fyll fyrste ga galder
game games gangvei garnnoglet garnnostet gather gathering gatherings gatur gave gem gemt genindlas gennem genoptag get getting
gik gikk gitt giv give giver givet gje gjekk gjeld gjelder gjennom gjennomfort gjennomforte gjer gjere gjor gjore gjort go
goal goals godkend godkendt godkjend godkjenn godkjent goes good gor gore grade grades granted grants gratis gratulerer graut
grill grilling grod grot ground group groups growing grown grundlag grunngivinga grunnlag gruppene grupper grupperne guardian
guardians guru guttene gym gymsko gymtoj gymtoy habilitet hald halden haldne half halvara halvarene halvdelen halver halvparten
han hand handed handing hang hard has hastar haster haust hausten haustferie haustfest havde have he heading health hei heile
heim heimane heimar heime heimen hej helbred held hello help helpers helps helse helsesjukepleiaren helsesykepleieren helsing
heng henger hent here herfra hi hidden hiking hinduism hinduisme his hjalp hjalper hjelm hjelparane hjelper hjemmene hjemmet
hjemmetider hjertelig hogst hojst hold holdt holdte holi home homes hopp hopping hor hosten hostferie hostfest hovedmenu
hovedmeny hovudmeny how hoyr hoyst hugs hundre hundrede husk hvad hver hvert hvilke hvilken hvilket hvisk hvordan hvorfor
hvornar hytte hyttetur ideane idear ideas ideboksen ideen ideene ideer idekassen if igjen imens impartiality import imported
importen importer importeret importert ind inden indkald indkaldelsen indkaldt indledning indtil inga innan innetider
innkallinga innkallingen innkalt innledning innleiing innlogging innstillingane inntekta inntekten inntil innvilga innvilget
interpreter interpreters intet introduction invitasjon invitasjonar invitasjonen invitasjoner invitation invitationen
invitationer invitations invite invited inviter inviteret invitert inviterte islam its jentene jeres jobs jodedom join journal
journalnummer journalnummeret judaism julefest julevarksted juleverksted kaere kaffe kaffi kage kager kake kaker kalenderen
kalenderfila kalenderfilen kalenderne kalendrane kalkedag kall kalla kalt kanefart karaoke karneval kartet kassen kasser
kasseret kast kastet keep keeping kender kept kind kino kjaere kjem kjore kjoring kl kladd kladdar kladde kladden kladder klaret
klassane klassar klassebilde klassebillede klassekassa klassekasse klassekassen klassekontakt klassekontaktane klassekontaktar
klassekontakten klassekontaktene klassekontakter klasselarer klasselareren klasselister klassene klassens klasser klasserne
klassernes klassetrin klatrepark klatring klede klokke knappen knyt knytt kodane kodar kodeapp kodeappen koden kodene koder
koderne kolonna kolonnen kom kommende kommentaren kommune kommunen konfliktar konflikter kontakt kontaktar kontakter
kontaktforalder kontaktforalderen kontaktforalderens kontaktforaldre kontaktforaldrene kontaktinformasjon kontaktinformasjonen
kontaktlarar kontaktlararen kontaktlarer kontaktlareren kontaktoplysninger kontaktoplysningerne kontoen kontonummer
kontonummeret kontora kontorene kontorerne kontoret kopier kopp koppar kopper kor korer korfor koring korleis korsel kortet
kostar koster koyring kraver krev krever kryss kun kurmandsji kurmanji kva kvar kvart kven kvifor kviskre kvittering lad lader
laereren lag lagd lagges lagra lagre lagret lagt lan language larar lararane lararar lararen larer larere lareren larerne
larernes laring larte las laserne last lat latvian latvisk laurdag lav lave lay lead leading learning leave leaves led lede
ledelse ledelsen ledes ledig ledige left lege legegrupper legg legges leie leiinga leik leike leir lejr leke leker lekse lekser
lektie lektier lend lenke lenken lenker lenkja lenkje lenkjer les lesarane leserne let lettare letter lettere letters lettisk
lever lidt life lifts lige light link linket links list lista listen lists litauisk lite lithuanian livet log logg loggar logge
loggen logger lokaler lokalet lokalets lommelykt lommepenge look looked looks lop loppemarked loppemarknad lordag los loven
loys luk lukk lukket lunar lurer lus lusa lykkes lyse lyst lyt lytt ma mad madpakke mail main mal mala malet maling man
manadsbrev manadsbreva manadsbrevet mandager manedens manedsbrev manedsbreve manedsbrevene manedsbrevet manglar mangler many
maske matpakke maybe me medlemskabet medlemskapen medlemskapet meet meeting meetings meget meir melding meldinga meldingane
meldingar meldingen meldingene meldinger meldingsgrupper mellem mend mere merk message messages met mi middag mind minded mindst
minn minutes minutt minutter missing mit mix mixed mobbing mobile mobilnummer mobilnummeret mobning mode moder modet modtaget
money monthly more morgenmad mork morkt most mote moter motet mottatt moved much municipality must mye mykje nadd naet name
names namn namna namne namnelappar namnet narrow nart naste natt natteramnar natteravne natteravner navn navne navnelapper
navnene navneskilte navnet needed needs neither nej nemn neste nettbrett nevn new news next night nine nobody nodvendigt noget
nogle noglen nok nokkelen noko nokon none noreg norsk notat notata notatene notater noted noter noteret noterne notert notes
nothing notice noticed notices now nowruz nu number numbers nummer nummeret nyt nytt nyttarsfest occupied of offentliggjort
offentliggor offer offered office ofte often ogsa oktober om ombestemmer omdob once one only onsket onskjer onskt op opdaget
open opened opens opfyldt opgaven opgaver ophav ophaver ophavet ophort oplysningerne opna opnar opne opningssporsmalet oppdaga
oppdaget oppfylt oppgava oppgaven oppgaver oppgi opphev oppheva opphevar opphever opphevet oppskaret oppskoren oppsummer
oppsummering oppsummeringa oppsummeringen opptatt oppteke oppteken opret oprettet opsamling opsamlingen optaget ord order
ordered ordlyden ordna ordnet ordninga ordningen orthodox ortodokse others otherwise our out outdoors outside ov overblik
overblikket overdrag overdraget overholder overlever overlevering overlevert overnatning overnatting oversigterne oversikt
oversikta oversikten oversiktene overskrift overst overview ovst pack padagog paedagog page pages paid painting pairs pamindelse
pamindelser paminn paminnelser paminnet paminningar pancakes pandekager pannekake pannekaker par parent parental parents parties
partly parts partsreprasentant party pashto paska paskeferie pasken pass passar passed passer passkey passnokkel passnokkelen
passnoklane passnoklene passord passover passwords pause payment pdf peik pengane pengar penge pengene penger people perhaps
persian persisk personar personen personer personlister personsiden phone picnic picture pigerne pizza place places plads
pladsen pladser pladserne plan planane planen planene planerne planlag planlagt planlegg planned plans plant planting plass
plassane plassar plassen plassene plasser play please plejeforalder pligter pocket point polish politi politiet polsk porridge
portalen portugisisk portuguese postkassa postkassen practical practise praise praktisk preparation prepare present press
previous price princip principal principle principles principper princippet prinsipp print printing prisen program programme
programmet propose proposed protect protected protection prov prove proven prover publiser publisert publish published punkt
punkta punktene punkter punktet pupil pupils purpose put questions quiet quiz rab rad rada raden radet rakke rakkefolgen rakken
ran rapport reach reached read readers ready reasons receipt received recovery reflectors refleks reflekser regelen register
registrer registrert reglane reglar reglene regler reglerne regneark regnet regnklaer regntoj regntoy rekkefolgen rekkjefolgja
rekna rekneark rektor relationen release released reload remember remind reminded reminders remove removed rename replaced
report representative reservar reservekodar reservekoder reserver reserveret responsible resten restrict restrictions result
resultat resultatet results ret rett retta rettane rette rettet rettighederne rettighetene review right riktige ring ringde
ringede ringer ringjer ringte roles rolla rollen rollene rollerne rom romanian rommet room rooms rop ros rosh rosters round
rounds row rows royst roysta rules rumansk rumensk rundar runden runder rundt russian russisk ryd rydd ryddar rydde rydder ryk
sadan sag sagde sagen sagsbehandler sagsnummer sak saka saken saks saksbehandlar saksbehandler saksnummer saldo saman
samanlikn samarbeid samarbeidsplan samd samkorsel saml samla samlet samlinga samlingane samlingar samlingen samlingene samlinger
sammenlign samordne samtalane samtalar samtale samtalen samtalene samtalens samtaler samtalerne sang sat save saved say says
school schools scissors screens search seats second see seier seinare sekk sekken seksti selve send sendte senere senest sent
ser set sets sett seven several shall share shared sharing she should show shrovetide siblings sid sida sidene sider siderne
sidst sidste sier siger sign signed signing signs sikhism sikhisme sikr since singing siste sit sitter sixty sja sjekk sjolve
sju sjuk skadet skarm skarmen skarmene skates skating skattejagt skattejakt skemaer sker ski skidag skift skiftes skiing skip
skitur skjema skjemaer skjer skjerm skjerma skjermane skjermen skjermene skjermet skjerming skjerminga skjult skogtur skojtedag
skojter skolear skolearet skolearets skolebestyrelse skoledage skoledager skolefritidsordning skoleleder skolelederen skolene
skolens skolenummeret skoler skoleregler skolerne skolevei skoytedag skoyter skrevet skriv skulane skular skule skulear
skulearet skuledagar skulefritidsordning skulekontoret skulen skulenummeret skulereglar skulevegen skulle skyss skyssen sla
sledding sledging sleep slepp slet slett sletta slettet slik slikt slut slutningen slutt slutta sluttar slutte slutten slutter
sma small smat smid snakka snakket social sociale sog sogt sok soker sokeren sokjar sokjaren soknad soknaden soknadene sokt
somali some somebody someone something sometimes sommarferie sommarfest sommarsongen sommerens sommerferie sommerfest sorani
sorry sosiale sosken soskende soup sovepose sovn spanish spansk spar sparret speak spel spelkonsoll sperr sperra sperret spil
spill spillekonsol spillkonsoll sporg sporgsmal sporgsmalet sporsmal sporsmalet sprak spraket spreadsheet spring sprog spurd
spurde spurgt spurgte spurt spurte square sta stad staden stadfest stadfesta stadfortredar stadig staff stands standset star
start starta startar started starter startet starts state status stays stedet stedfortreder steforelder steg steller stem
stemmen stemmer stengt step stil still stop stopp stoppa stopped stoppet stot stott stotta stotte stotten strandtur strengt
strictly styremedlem styret subject subjects suggest suggested suits sum summary sundhedsplejersken suppe support svar svara
svarar svarene svaret svarets svarfristen svart svomming svomning swahili swap swapped swimming swimwear switch syg sygdom syk
sykdom sykkel sykkeldag sykkeltur sysken syv tabel tabell table tables tablet tag taget take taken takes takka takken takket tal
talk talked talks tall tallene taller talt talte tamil tank tap taske tasken tasks tatt teach teacher teachers teater tegn
tegnsprak tegnsprog teikn teiknsprak tek teke teken tekst teksten tekstens tekstmelding tel telefon telefonen telefonnummeret
tell teller telling telttur temaa temaaften temaene temaer temakveld tenk terminane terminene text thai thank thanks that their
theirs theme then things think those three through throw thrown tick tida tidene tiderne tidies tidlegare tidligere tidsplan
tidsplanen tidspunkterne tidspunktet tie tigrinja tigrinya tilbage tilbake tilbode tilbudt tilby tilbyd tildelingane
tildelingene tildelt tilfoj tilfojet tilgangelighedserklaring tilgangen tilgjengelegheitserklaring tilgjengelighetserklaring
tilknyting tilknytning tillykke tilsammen tilskot tilskud tilskudd tilskuddene tilskuddet tilsynet times timetable tip tippet
tips tipset titel title tittel tjek today tog toget together toj told tolk tolkar tolke tolken tolker tomme tommer tomorrow tomt
too topics totals trafik trafikk trak trampoline transport tre treasure treff trekk trekt treng trengs trengst tres trikken trin
trip trivsel trukket try tryk trykk turane turar turdag turene turer turkish turn turns tusen two type tyrkisk udbetaling ude
udeladt uden udfyld udlob udpeg udskriv ukendt ukepenger ukrainian ukrainsk ulesen ulykka ulykke undersogelsen undersokelsen
undersokinga undo undoes undone unge untie until up upload urdu use utan utanfor utbetaling utedag utelate utelatne utelatt
utenfor utetoy utviklingssamtalane utviklingssamtalar utviklingssamtale utviklingssamtalen utviklingssamtalene
utviklingssamtaler vaffel vafler vaisakhi vaksne vala vald valgene valger valt vanlegaste vanligste vanskeleg vanskelig vare
varen varjamdoger varjevndogn varktojet varsla varslet vedtaget vedtak vedtaket vedtatt vedteke vegen veit vekepengar vel velg
velger velkomen velkommen venlig vennegruppene vennegrupper vennskap venskab venskaber vent ventar ver vere verka verkar
verkstad verksted verktoyet version versioner versions versjon versjonar versjonen versjoner vesak vet video videomode videomote
videresend vidste vietnamese vietnamesisk vikar vikaren vikarer vilkar vilkara vilkarene vinterferie virkede virker virket vis
vises viss visste voksne voluntary vores vote vurder vurderes vurdering waffles wait waiting waits walk wants was we wear
welcome welcomed well went what when where which whisper who whoever whom whose why wishes withdraw withdrawn within without
word words workshop would write written year yes yom yours zip
"""
OPENERS = frozenset(WORDS.split())
