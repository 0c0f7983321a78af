"""Made-up people for made-up rosters: first and last names as found in Nordic classrooms."""

# (language, weight, first names, last names)
PEOPLES = [
    (
        "nb",
        52,
        "Nora Emma Ella Olivia Sofie Ingrid Astrid Frida Solveig Åse Jakob Noah Emil Oskar Lucas Håkon Sverre Ørjan Bjørn Tor",
        "Hansen Johansen Olsen Larsen Andersen Nilsen Berg Haugen Hagen Solberg Lien Strand Moen Bakke Ødegård Åsheim",
    ),
    (
        "nn",
        10,
        "Guro Eldbjørg Synnøve Ragnhild Marit Sigrid Oddny Kari Olav Gaute Eirik Torbjørn Knut Leiv Sjur Amund",
        "Røysland Vik Brekke Fjelltveit Bø Skår Heggdal Øygard Lunde Tveit",
    ),
    (
        "da",
        12,
        "Freja Ida Clara Alma Karla Agnes Søren Magnus Valdemar Aksel Villads Bertil Mikkel Rasmus",
        "Jensen Nielsen Pedersen Christensen Sørensen Rasmussen Kjær Møller Østergaard Nørgaard",
    ),
    (
        "pl",
        8,
        "Zuzanna Julia Zofia Małgorzata Agnieszka Łucja Jakub Paweł Stanisław Michał Grzegorz Wojciech",
        "Nowak Wiśniewska Wójcik Kamińska Dąbrowska Zieliński Szymański Żukowska Źródłowski",
    ),
    (
        "so",
        6,
        "Fadumo Hodan Ayaan Amina Ifrah Sahra Abdi Mohamed Ali Yusuf Liban Warsame Cabdiraxmaan",
        "Warsame Hassan Abdullahi Jama Farah Mohamud Ibrahim Cali Nuur",
    ),
    (
        "ar",
        6,
        "ليلى مريم نور فاطمة زينب سارة أحمد محمد عمر يوسف كريم حسن",
        "الحسن العلي حداد خوري منصور الأحمد نجار سليمان",
    ),
    (
        "uk",
        6,
        "Олена Софія Марія Дарина Анна Соломія Андрій Богдан Тарас Ярослав Іван Єгор",
        "Шевченко Коваленко Бондаренко Ткаченко Кравченко Мельник Лисенко Гнатюк",
    ),
]


def family_names(random):
    _language, _weight, first, last = random.choices(PEOPLES, [weight for _l, weight, _f, _n in PEOPLES])[0]
    return first.split(), last.split()
