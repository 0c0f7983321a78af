"""A class of thirty, and a hundred texts as class contacts and teachers write them: fifty that name a child of it, as it is
called, inflected, misspelt, spelt out or run together, and fifty that name none but have words, places and adults in them."""

CLASS = (
    ("Nora", "Warsame"), ("Emilie", "Haugland"), ("Bjørn", "Sætre"), ("Anne-Marie", "Nygård"), ("Liv", "Berg"),
    ("Even", "Kristoffersen"), ("Bo", "Jensen"), ("Storm", "Eriksen"), ("Sol", "Vik"), ("Mai", "Nguyen"),
    ("Vår", "Lie"), ("Jo", "Moe"), ("Tor", "Aas"), ("Stein", "Dahl"), ("Dag", "Olsen"), ("Odd", "Hansen"),
    ("Signe", "Pedersen"), ("Muhammad Ali", "al-Hassan"), ("Åse", "Østby"), ("Jonas", "Lind"), ("Thea", "Solheim"),
    ("Hanne", "Bakken"), ("Inger", "Ødegård"), ("Zoë", "van der Meer"), ("Łukasz", "Kowalski"), ("Per Kristian", "Strand"),
    ("Ida", "Holm"), ("Sofie", "Mikkelsen"), ("Magne", "Fjell"), ("Sondre", "O’Brien"),
)  # fmt: skip
ADULTS = (("Tom", "Hansen"), ("Nora", "Bekkelund"), ("Jurgita", "Nordlie"))

WITH = (
    # as it is called
    ("nb", "I dag falt Nora i skolegården. Det gikk bra."),
    ("nb", "Emilie og Jonas har laget en flott plakat."),
    ("nn", "Magne har fått ny plass i klasserommet."),
    ("da", "Sofie har været ked af det i dag."),
    ("en", "Thea has moved to another school."),
    ("nb", "Familien Warsame flytter i januar."),
    ("da", "Vi ønsker Muhammad tillykke."),
    ("en", "Please welcome the Kowalski family."),
    ("nb", "Bakken fikk en stein i hodet."),
    ("nb", "Nygård, Anne-Marie er borte til fredag."),
    ("nb", "Haugland Emilie skal ha med mat."),
    ("en", "zoe and her brother need a lift."),
    ("nb", "Emmi har bursdag på lørdag."),
    ("nb", "DET VAR THEA SOM BEGYNTE"),
    # inflected, in compounds
    ("nb", "Noras sekk er borte."),
    ("en", "Nora's bag is lost."),
    ("da", "Jonas’ taske er væk."),
    ("nb", "Jonas' sekk er borte."),
    ("nn", "Emilies far kjem på onsdag."),
    ("nb", "Thea sin bror er syk."),
    ("nb", "Emilie-saken er løst."),
    ("nb", "Sofiegjengen møtes i friminuttet."),
    ("da", "Begge Sofieerne har fødselsdag."),
    ("da", "Fie er syg."),
    # misspelt, other letters
    ("nb", "Emlie var lei seg i går."),
    ("nb", "Emille var lei seg i går."),
    ("nn", "Jonsa slo seg i gymmen."),
    ("da", "Sofia fik et slag i hovedet."),
    ("en", "We talked with Warsane about it."),
    ("nb", "Bjorn og Bjoern er samme gutt."),
    ("nb", "Aase har glemt lua si."),
    ("nb", "Ase har glemt lua si."),
    ("nb", "Lukasz har bursdag på lørdag."),
    ("en", "Mohammad has been ill."),
    ("da", "Odegaard skal have medicin."),
    ("nb", "Noora gråt etter timen."),
    ("nb", "Annemarie leser godt nå."),
    ("nb", "Marie leser godt nå."),
    ("nb", "Obrien kommer tilbake på mandag."),
    # spelt out, run together
    ("nb", "N o r a må passe seg."),
    ("nb", "Det gjelder N.o.r.a i klassen."),
    ("en", "It is about T-h-e-a again."),
    ("nb", "Det gjelder No-ra i klassen."),
    ("nb", "Skriv til emiliehaugland@example.org."),
    ("nb", "Det gjelder n0ra i klassen."),
    # names that are words
    ("nb", "Liv slo Even i friminuttet."),
    ("nb", "Vi tenker på Storm og familien."),
    ("da", "Bo og Signe var ikke med."),
    ("nn", "Sol og Mai har vore uvener."),
    ("en", "Odd was pushed on the stairs."),
)

NICKNAMES = ("Emmi har bursdag på lørdag.", "Fie er syg.")  # Emilie, Sofie: no list knows them

WITHOUT = (
    ("nb", "Husk badetøy og håndkle på torsdag. Vi går klokka ni."),
    ("nb", "På mandag har vi fri. Skolen åpner igjen tirsdag."),
    ("nb", "Vi trenger to foreldre som kan kjøre til turen."),
    ("nb", "Det har vært en ulykke ved skolen. Ingen er skadet."),
    ("nb", "Snakk gjerne hjemme om hvordan vi snakker til hverandre på nett."),
    ("nb", "Fra mandag er Tom Hansen kontaktlærer i klassen."),
    ("nb", "Nora Bekkelund er vikar til jul."),
    ("nb", "Hilsen Jurgita Nordlie"),
    ("nb", "Hun heter Kari og kommer fra Bergen."),
    ("nb", "Foreldremøtet er i biblioteket klokka 18."),
    ("nb", "Vi har fått ny timeplan. Gym er flyttet til fredag."),
    ("nb", "Alle må ha med matpakke, drikke og sitteunderlag."),
    ("nb", "Lusa er tilbake. Sjekk håret i kveld."),
    ("nb", "Mange har glemt bøkene. Se i sekken."),
    ("nb", "Skolen har snakket med politiet. Ring oss hvis dere lurer på noe."),
    ("nb", "Rundt Tjernet er isen tynn. Minn barna om det."),
    ("nb", "Vi går fra Sentralen til Rådhuset og tar trikken hjem."),
    ("nb", "Klassen har samlet inn 4300 kroner til Røde Kors."),
    ("nb", "Husk å ha med fem kroner og en kopp."),
    ("nb", "Ingen får ha med nøtter. Noen kan bli syke av det."),
    ("nn", "Hugs gymsko på onsdag. Me er ute heile dagen."),
    ("nn", "Det er fint om de snakkar om dette heime."),
    ("nn", "Frå måndag er det ny assistent i klassen."),
    ("nn", "Skulen har fått nytt nummer: 55 55 55 55."),
    ("nn", "Vi treng hjelp til å rydde etter festen."),
    ("nn", "Mange har vore borte, og vi tek prøva om att."),
    ("nn", "Læraren blir borte lenge. Vikaren kjem frå Voss."),
    ("nn", "Alle må ha med varme klede og noko å sitje på."),
    ("nn", "Kom gjerne innom før klokka åtte."),
    ("nn", "Vi syng saman i aulaen på fredag."),
    ("da", "Husk madpakke og drikkedunk på onsdag."),
    ("da", "Vi mødes på legepladsen klokken ni."),
    ("da", "Der har været en brand i skolegården. Ingen kom til skade."),
    ("da", "Tal gerne derhjemme om, hvordan man er en god ven."),
    ("da", "Klassens nye pædagog begynder i næste uge."),
    ("da", "Ring til skolen, hvis I har spørgsmål."),
    ("da", "Vi skal på tur til Odense med toget."),
    ("da", "Alle skal have regntøj og gummistøvler med."),
    ("da", "Der er lus i klassen igen. Kæm håret i aften."),
    ("da", "Lektiecaféen er åben hver torsdag."),
    ("en", "Please bring a warm jumper and a packed lunch."),
    ("en", "School is closed on Monday and opens on Tuesday."),
    ("en", "We need two more grown-ups for the trip."),
    ("en", "There has been a fire near the school. Everyone is safe."),
    ("en", "Talk at home about how we speak to each other online."),
    ("en", "The new teacher starts after Easter."),
    # what has a word in it that is a name in this class
    ("nb", "Sola skinner, men ta med varme klær, for dagen blir lang."),
    ("nb", "I mai går vi på tur hver dag, selv om det skulle storme."),
    ("nn", "Vi møtest ved den store steinen, så alle finn fram."),
    ("en", "It may seem odd, but even so: bring a stone."),
)

# Given names that are common, or were once taken for words; not Lan, which is also “lån”, nor Om.
NAMES = """
    Aarav Aase Abdi Abdullah Ada Adam Adele Adnan Agnes Ahmed Aisha Aksel Albert Alberte Alfred Ali Alma Alva Amalie
    Amina Amir Amira Anas Anastasia Andrea Andreas Andrij Angel Anika Anker Ann Anna Anne Anton Antoni Arash Arjun
    Arne Artem Arthur Arul Asha Ask Asta Astrid Aud August Aurora Aya Ayan Balder Bao Ben Benjamin Bente Berit
    Bertram Bilal Binh Birk Birte Bjørn Bo Bob Bohdan Brage Carl Caroline Celine Chad Chi Clara Dag Dan Daniel Daria
    Dean Denys Dev Dina Diya Dmytro Dua Dung Ebba Edith Edvard Egil Ehsan Eid Eir Eira Eirik Elias Eline Elise Ella
    Ellie Ellinor Else Embla Emil Emilie Emma Erik Eva Even Fatima Felix Fie Filip Filippa Frank Fred Frederik
    Fredrik Frej Freja Frida Frøy Gabriel Geir Gerd Gina Gine Gitte Glenn Grete Gro Gry Gunn Gustav Guy Hafsa Hamza
    Hanna Hannah Hanne Hans Hao Hari Hassan Hedda Heid Heidi Helene Helle Henrik Hermine Hiba Hild Hjalmar Hoa Hodan
    Hong Hugo Hung Huy Håkon Iben Ibrahim Ida Idris Ifrah Ilma Iman Inge Inger Ingrid Ira Iris Iryna Isabella Isac
    Isak Isha Ismail Ivan Iver Ivy Jack Jacob Jai Jakob Jakub Jan Jana Janis Janne Jannik Jasmin Jenny Jens Jesper
    Jette Jill Jim Jin Jo Joakim Joan Joel Johan Johanne Johannes John Jomana Jon Jonas Josef Josefine Judith Juli
    Julia Juliane Julie Jun Juni Jørgen Kacper Kai Kalle Kamal Karen Kari Karim Karla Karoline Kasper Kavi Kay Kent
    Keo Khadija Khalid Khoa Kim Kirsten Kit Klara Klaus Knut Konrad Kristian Kumar Kåre Laila Lakshmi Lars Lasse
    Latifa Lauge Laura Layla Lea Leah Leander Lee Leif Leila Lena Lene Leo Leon Levi Leyla Li Liam Liane Liban Lilly
    Lin Lind Linda Linh Linn Linnea Lis Lisa Lise Liva Live Liya Lo Loke Lola Lone Long Lotta Lotte Lou Loui Louis
    Lova Lucas Ludvig Luka Lukas Lukasz Luna Lyder Lykke Lærke Mads Magnus Mahad Mahdi Mai Maja Maksym Malak Malene
    Malin Malou Malte Malthe Mani Marcus Marek Maren Mari Maria Mariam Marie Marit Marius Marko Markus Marlene
    Marlon Marte Martin Marwa Maryam Mathea Matheus Mathias Mathilde Mattis Maud Max Maya Medina Melina Melissa
    Merete Merle Mette Mia Michal Mie Mikkel Mila Mille Mina Ming Minh Mio Mo Moa Mohammad Mohammed Molly Mona Mons
    Morten Muhammad Munir Mustafa Mykola Nam Naomi Natalie Natasja Nathan Nazar Nellie Nelly Neo Nia Nicklas Nicolai
    Nicoline Niels Nikola Nikolai Nila Nils Nimo Nina Njål Noa Noah Noel Nola Noor Nora Nour Oda Odd Oddny Oddvar
    Odin Oksana Ola Olav Olava Ole Olea Oleksandr Olena Oline Oliver Olivia Oliwia Omar Oscar Oskar Osman Otto
    Paulina Pawel Pelle Per Peter Petra Petter Philip Pia Pil Ping Piotr Polina Preben Pål Rafael Ragna Ragnhild Ram
    Ramin Randi Rania Rasmus Ravi Ravn Ray Rayan Rebecca Rebekka Regine Reza Rikke Rita Riya Roald Roar Rob Robin
    Roger Rohan Rolf Roman Ronja Rosa Roy Roza Ruben Runa Rune Rut Ruth Sabrina Safa Saga Sagan Sahra Sai Said Saida
    Salem Salma Sam Sami Samira Samson Samuel Sana Sander Santiago Sara Sarah Saïd Sebastian Seline Selma Selvi
    Serina Shahad Shirin Sienna Sif Signe Sigrid Sigurd Sila Silas Silje Silvia Simen Simon Simone Sindre Siri Sirin
    Sita Siv Sivert Siw Sjur Sofia Sofie Sofiia Sol Solan Solveig Son Sondre Soren Stefan Stein Stella Sten Stian
    Stina Stine Storm Sturla Suba Sue Sumaia Sumaya Sunniva Susanne Svea Svein Sverre Sylvia Synne Synnøve Syver
    Szymon Søren Tage Tan Tara Tarik Tea Teo Terese Terje Thea Theo Theodor Theodora Thiva Thomas Thor Thu Ti Tia
    Tilde Tim Tine Tiril Tobias Tom Tomasz Tone Tor Tora Torben Tord Tore Toril Torill Torstein Tove Trine Troels
    Troy Trude Trym Tue Ture Turid Tuva Tyler Tymur Tyra Uffe Ulf Ulla Ulrik Ulrikke Una Unn Unni Valdemar Vanja
    Vebjørn Veer Vega Vera Verner Veslemøy Vetle Vibeke Victor Victoria Vidar Vigga Viggo Viktor Viktoria Vilde
    Vilja Viljar Villads Villemo Vincent Vita Vår Wei Wenche Wiktoria William Wilma Xin Yara Yasin Yasmin Yi Ylva
    Yngve Yosef Yousef Yr Yusuf Zahra Zain Zainab Zakaria Zara Zeinab Zoe Zofia Zuzanna Åge Åse Åshild Åsne
"""
GIVEN = NAMES.split()
