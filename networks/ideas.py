"""The catalogue of ideas: thirty-eight gatherings that other classes have held, ready to be copied into a draft."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

AUTUMN, WINTER, SPRING = "autumn", "winter", "spring"
ANY = (AUTUMN, WINTER, SPRING)
FAMILIES, THEME, ADULTS, CHILDREN = "families", "theme", "adults", "children"
FREE, LOW, HIGH = 0, 1, 2

SEASONS = ((AUTUMN, _("Autumn")), (WINTER, _("Winter")), (SPRING, _("Spring")))
AUDIENCES = (
    (FAMILIES, _("Children and parents")),
    (THEME, _("Theme evening for parents")),
    (ADULTS, _("Parents")),
    (CHILDREN, _("The class")),
)
COSTS = (
    (FREE, _("Free")),
    (LOW, _("Under 50 kroner for each family")),
    (HIGH, _("Costs more: talk about it first")),
)
MONTHS = {AUTUMN: (8, 9, 10, 11), WINTER: (12, 1, 2, 3), SPRING: (4, 5, 6, 7)}


@dataclass(frozen=True)
class Idea:
    """`text` begins the invitation; `note` is for the organiser alone; `cost` is the most it may cost."""

    key: str
    title: str
    text: str
    note: str
    seasons: tuple[str, ...]
    audience: str = FAMILIES
    cost: int = FREE
    bring: str = ""
    country: str = ""
    icon: str = "PersonGroup"

    @property
    def audience_word(self):
        return dict(AUDIENCES)[self.audience]

    @property
    def cost_word(self):
        return dict(COSTS)[self.cost]


IDEAS = (
    Idea(
        "sledding",
        _("Sledding day"),
        _("We meet at the sledding hill. Bring what you have to slide on; we share."),
        _("Gather sledges to lend, agree on helmets, and have a plan for a day without snow."),
        (WINTER,),
        bring=_("A sledge if you have one, warm clothes and a warm drink"),
    ),
    Idea(
        "packed-lunch",
        _("Walk with a packed lunch"),
        _("We walk a short way together and eat our packed lunch outdoors."),
        _("Choose a short route that also suits a pram and a wheelchair."),
        ANY,
        bring=_("A packed lunch and something to sit on"),
    ),
    Idea(
        "working-day",
        _("Meet at the school's working day"),
        _("The working day is planned already. We stay on afterwards, eat and get to know each other."),
        _("Let the meal come after the work, so that those who come late also take part."),
        (AUTUMN, SPRING),
        icon="HandShakeHeart",
    ),
    Idea(
        "football",
        _("Football match, parents and children"),
        _("We play in mixed teams. You need not be good at it, and we also need judges and a cheering crowd."),
        _("Mix the teams, and have tasks for those who would rather not play."),
        (AUTUMN, SPRING),
    ),
    Idea(
        "theme-evening",
        _("Theme evening at the parents' meeting"),
        _("We talk around small tables about one topic that concerns us all."),
        _("One topic is enough. Talk about what is common, never about single children."),
        ANY,
        audience=THEME,
        icon="Chat2",
    ),
    Idea(
        "parents-only",
        _("Parents meet without the children"),
        _("A relaxed meeting, so that we get to know each other."),
        _("Coordinate child-minding and lifts, and keep it free of alcohol."),
        ANY,
        audience=ADULTS,
        cost=LOW,
        icon="Chat",
    ),
    Idea(
        "torch-walk",
        _("Walk with torches"),
        _("We walk together in the dark with torches and look for reflectors."),
        _("Hang up reflectors beforehand, and have some torches to lend."),
        (AUTUMN,),
        bring=_("A torch if you have one, and a reflector"),
    ),
    Idea(
        "porridge",
        _("Porridge before Christmas"),
        _("We go for a walk and eat hot porridge together."),
        _("Ask about allergies, and have something for those who do not celebrate Christmas."),
        (WINTER,),
        cost=LOW,
        bring=_("A bowl and a spoon"),
        icon="Cutlery",
    ),
    Idea(
        "workshop",
        _("Workshop before Christmas"),
        _("We make decorations and small presents together."),
        _("Use what you have at home. Choose things that do not depend on faith."),
        (WINTER,),
        cost=LOW,
        bring=_("Scissors and glue if you have them"),
        icon="PencilWriting",
    ),
    Idea(
        "halloween",
        _("Halloween for everyone"),
        _("We celebrate together, so that nobody stands outside. Come as you are or dressed up."),
        _("Dressing up is a choice. Nobody needs to buy a costume."),
        (AUTUMN,),
        cost=LOW,
    ),
    Idea(
        "grade-party",
        _("Party for the whole grade"),
        _("All the classes of the grade meet for games and food."),
        _("Share the work between the classes, and mix the tables."),
        (SPRING,),
        cost=LOW,
    ),
    Idea(
        "summer",
        _("Before the summer holidays"),
        _("We end the school year together around one long table."),
        _("Each family brings its own food to a shared table; that costs least."),
        (SPRING,),
        cost=LOW,
        bring=_("Your own food and something to sit on"),
    ),
    Idea(
        "friend-groups",
        _("Friend groups meet"),
        _("The children meet in small groups. Every child has a group, and all groups meet this term."),
        _("The teacher makes the groups. It may be outdoors and need not be at home."),
        ANY,
        audience=CHILDREN,
        icon="ChildHairEyes",
    ),
    Idea(
        "shared-birthday",
        _("Shared birthday"),
        _("We celebrate everyone who has had a birthday lately. No presents."),
        _("Borrow a room at the school. No presents, or one small fixed sum for all."),
        ANY,
        audience=CHILDREN,
        cost=LOW,
        icon="Heart",
    ),
    Idea(
        "swap-day",
        _("Swap day for clothes and equipment"),
        _("Bring clothes and equipment that have become too small, and find something that fits."),
        _("Nobody counts who brings and who takes."),
        (AUTUMN,),
        bring=_("Clothes and equipment you no longer use, if you have any"),
        icon="ArrowsCirclepath",
    ),
    Idea(
        "board-games",
        _("Board games evening"),
        _("We play board games across families."),
        _("Choose games that need little language, and mix the tables."),
        (WINTER,),
        bring=_("A game you like"),
        icon="Tasklist",
    ),
    Idea(
        "bathing",
        _("Trip to the beach"),
        _("We meet at a safe beach for bathing and play."),
        _("Agree beforehand which adults watch the water, and have things to do on land."),
        (SPRING,),
        bring=_("Swimwear, a towel and food"),
    ),
    Idea(
        "bonfire",
        _("Bonfire and twist bread"),
        _("We light a fire and bake twist bread."),
        _("Check whether fires are allowed, and make dough that everyone can eat."),
        ANY,
        cost=LOW,
        bring=_("A cup and something to sit on"),
    ),
    Idea(
        "treasure-hunt",
        _("Treasure hunt near the school"),
        _("Families hunt for treasure in mixed groups."),
        _("Let the children make the posts, and use pictures rather than words."),
        (AUTUMN, SPRING),
        icon="MagnifyingGlass",
    ),
    Idea(
        "skating",
        _("Skating day with skates to borrow"),
        _("We skate together. Skates and helmets can be borrowed for free."),
        _("Borrow equipment where your municipality lends it, and write down sizes beforehand."),
        (WINTER,),
        bring=_("A helmet if you have one, and a warm drink"),
    ),
    Idea(
        "breakfast",
        _("Breakfast in the classroom"),
        _("We eat breakfast together before school and work."),
        _("Agree with the teacher, and keep it short, so that nobody is late for work."),
        ANY,
        cost=LOW,
        icon="Cutlery",
    ),
    Idea(
        "one-dish",
        _("One dish from each home"),
        _("Everyone brings a dish they usually eat, and we share."),
        _("Put a note with the contents beside each dish. A loaf of bread is also a dish."),
        ANY,
        cost=LOW,
        bring=_("One dish, large or small, with a note about what is in it"),
        icon="Cutlery",
    ),
    Idea(
        "cafe",
        _("The pupils run a café"),
        _("The children plan, cook and serve. We are their guests."),
        _("Let the children decide the menu with the teacher."),
        (SPRING,),
        cost=LOW,
        icon="Cutlery",
    ),
    Idea(
        "film",
        _("Film evening at school"),
        _("The class watches a film together at the school."),
        _("Check that the school has the right to show the film, and let the children vote for it."),
        (WINTER,),
        audience=CHILDREN,
    ),
    Idea(
        "sleepover",
        _("Night at school or in a tent"),
        _("The class spends a night together with adults they know."),
        _("Ask the school about fire rules, get consent from every home, and let children be fetched in the evening."),
        (SPRING,),
        audience=CHILDREN,
        cost=LOW,
        bring=_("A sleeping bag and a mat; some can be borrowed"),
        icon="House",
    ),
    Idea(
        "weekend",
        _("Family weekend"),
        _("The families spend a weekend together."),
        _("A few hundred kroner can shut somebody out. Talk about the price first, or choose one day instead."),
        (SPRING,),
        cost=HIGH,
        icon="House",
    ),
    Idea(
        "market",
        _("Flea market"),
        _("We sell and buy used things. The income goes to the class."),
        _("Decide beforehand what the money is for, so that it benefits everyone."),
        (SPRING,),
        icon="BankNote",
    ),
    Idea(
        "national-day",
        _("17 May at school"),
        _("We celebrate 17 May together with games and cake."),
        _("Share small tasks among many, and write down what worked for next year's class."),
        (SPRING,),
        cost=LOW,
        country="NO",
    ),
    Idea(
        "food-evening",
        _("Food from the whole world"),
        _("We taste food from each other's kitchens and hear where it comes from."),
        _("Each family chooses what it wants to show. Nobody is asked to represent a country."),
        (AUTUMN,),
        cost=LOW,
        bring=_("Something small to taste, with a note about what is in it"),
        icon="Globe",
    ),
    Idea(
        "shrovetide",
        _("Shrovetide"),
        _("We celebrate Shrovetide with games and buns. Come as you are or dressed up."),
        _("Dressing up is a choice. Make some costumes together of things you have."),
        (WINTER,),
        cost=LOW,
    ),
    Idea(
        "new-classmates",
        _("Getting to know each other in grade 8"),
        _("A new class is also new for the parents. We meet around mixed tables."),
        _("Mix the tables, and have a simple question on each."),
        (AUTUMN,),
        icon="PersonPlus",
    ),
    Idea(
        "before-grade-one",
        _("Getting to know each other before grade 1"),
        _("The children who start school together meet and play before the summer."),
        _("Ask the school for help with reaching everyone, and wear name tags."),
        (SPRING,),
        icon="PersonPlus",
    ),
    Idea(
        "cycling",
        _("Cycling day with reflectors"),
        _("We mend bikes, cycle a course and hand out reflectors."),
        _("Have bikes to lend, and something for those who do not cycle yet."),
        (AUTUMN, SPRING),
        bring=_("A bike and a helmet if you have them"),
        icon="Bicycle",
    ),
    Idea(
        "garden",
        _("Planting in the school garden"),
        _("We sow and plant together, and follow what grows."),
        _("Agree with the school where you may plant, and who waters in the holidays."),
        (SPRING,),
        icon="Plant",
    ),
    Idea(
        "night-walkers",
        _("Night walkers for the grade"),
        _("Adults who are out in the evening make it safer for the young. We walk in pairs."),
        _("Suits grades 8 to 10. Two and two together, and each family once or twice a year."),
        ANY,
        audience=ADULTS,
    ),
    Idea(
        "quiz",
        _("Quiz for parents"),
        _("A simple quiz in mixed teams."),
        _("Let the children write the questions, and use pictures and sound."),
        ANY,
        audience=ADULTS,
        icon="QuestionmarkCircle",
    ),
    Idea(
        "culture",
        _("The pupils show what they can"),
        _("The children show what they have made and practised, large or small."),
        _("Everyone may take part in their own way, also behind the stage."),
        (WINTER, SPRING),
    ),
    Idea(
        "bring-an-adult",
        _("Bring an adult"),
        _("Each child is represented by an adult they know: a parent, a grandparent, an aunt or a friend."),
        _("Say clearly that any adult is welcome, so that no family feels wrong."),
        ANY,
        audience=ADULTS,
    ),
)

BY_KEY = {idea.key: idea for idea in IDEAS}


def ideas_for(country, *, season="", audience="", cost=None):
    return [
        idea
        for idea in IDEAS
        if idea.country in ("", country)
        and (not season or season in idea.seasons)
        and (not audience or audience == idea.audience)
        and (cost is None or idea.cost <= cost)
    ]


def season_of(day):
    return next(season for season, months in MONTHS.items() if day.month in months)
