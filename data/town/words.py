"""List the words a town takes its names from."""

TOWN_NAMES = (
    "Marlow Bay", "Pelham Cove", "Ansley Harbor", "Corwin Inlet", "Tarrow Bay", "Linden Key",
    "Halsey Point", "Orrin Bay", "Delmar Cove", "Wexley Harbor",
)  # fmt: skip

STREETS = (
    "Alder", "Magnolia", "Cypress", "Palmetto", "Live Oak", "Juniper", "Hickory", "Sabal",
    "Tamarind", "Laurel", "Mulberry", "Acacia", "Cedar", "Jasmine", "Mahogany", "Banyan",
    "Citrus", "Dogwood", "Elm", "Gardenia", "Hibiscus", "Ixora", "Lantana", "Myrtle",
    "Orange", "Persimmon", "Poinciana", "Redbud", "Sassafras", "Sycamore", "Tupelo", "Walnut",
    "Calloway", "Prescott", "Whitfield", "Garrison", "Holloway", "Kendrick", "Lockwood", "Merritt",
    "Osborne", "Pemberton", "Ramsey", "Sheffield", "Thornton", "Vernon", "Wakefield", "Yardley",
)  # fmt: skip
"""The older quarters' streets."""

WINDING = (
    "Heron", "Osprey", "Egret", "Pelican", "Sandpiper", "Ibis", "Plover", "Kingfisher",
    "Tern", "Spoonbill", "Limpkin", "Gallinule", "Whimbrel", "Curlew", "Avocet", "Bittern",
    "Sandhill", "Meadowlark", "Bluebill", "Anhinga", "Turnstone", "Skimmer", "Warbler", "Kestrel",
    "Driftwood", "Lantern", "Harbor", "Compass", "Mariner", "Anchor", "Mooring", "Windward",
)  # fmt: skip
"""The younger quarters' streets."""

SECOND = (
    "Creek", "Ridge", "Hollow", "Landing", "Grove", "Hammock", "Pond", "Bend", "Run", "Glen",
    "Marsh", "Shoals", "Field", "Point", "Spring", "Woods", "Cove", "Meadow", "Key", "Dune",
    "Park", "Trace", "Hill", "Lake", "View", "Mill", "Orchard", "Bluff", "Haven", "Crossing",
)  # fmt: skip
"""Joined to a first word when the single names are used up: Heron Creek, Alder Glen."""

NEIGHBORHOODS = {
    "core": ("Old Town", "Bayfront", "Courthouse Square", "Ferry Landing"),
    "old": (
        "Garrison Heights", "Poinciana Park", "Northside", "Citrus Grove", "Mill Addition",
        "Sabal Terrace", "Lockwood", "Whitfield Estates", "Eastlake", "Tamarind Hill",
    ),
    "winding": (
        "Heron Ridge", "Sandhill", "Osprey Woods", "Creekside", "Palmetto Bluff", "Ibis Landing",
        "Meadowlark", "Windward", "Curlew Bend", "Kestrel Hill",
    ),
    "loops": (
        "Egret Lakes", "Harbor Oaks", "Kingfisher Cove", "The Hammocks", "Mariner Village",
        "Plover Point", "Spoonbill Trace", "Driftwood Acres", "Lantern Park", "Tern Harbor",
    ),
    "industrial": ("Railyard", "Packing House District", "Commerce Park", "Westport"),
}  # fmt: skip

PARKS = (
    "Bayfront Park", "Heritage Park", "Veterans Park", "Creekside Preserve", "Pioneer Park",
    "Sandhill Park", "Lions Field", "Memorial Park", "Osprey Preserve", "Founders Green",
    "Rotary Park", "Hammock Trail Park", "Sunrise Park", "Mangrove Park", "Oak Commons",
)  # fmt: skip

FIRST_NAMES = (
    "James", "Maria", "Robert", "Linda", "Carlos", "Patricia", "Michael", "Ana", "William",
    "Denise", "David", "Rosa", "Jose", "Sandra", "Daniel", "Latoya", "Thomas", "Carmen", "Kevin",
    "Angela", "Marcus", "Teresa", "Brian", "Yolanda", "Luis", "Deborah", "Andre", "Nicole",
    "Gary", "Monique", "Eric", "Helen", "Jorge", "Cynthia", "Terrence", "Diane", "Paul",
    "Marisol", "Raymond", "Gloria", "Samuel", "Ivette", "Walter", "Joyce", "Hector", "Tamara",
    "Keith", "Beatriz", "Darnell", "Ruth", "Stephen", "Lourdes", "Curtis", "Alice", "Miguel",
    "Karen", "Vincent", "Sonia", "Harold", "Priya", "Jean", "Claudette", "Minh", "Lan",
)  # fmt: skip

LAST_NAMES = (
    "Whitaker", "Delgado", "Brennan", "Okafor", "Castellanos", "Hargrove", "Pham", "Lindqvist",
    "Baptiste", "Moreno", "Stallings", "Abernathy", "Quintero", "Faulkner", "Desrosiers",
    "Kowalski", "Montoya", "Prather", "Villanueva", "Sutcliffe", "Ramirez", "Tolbert", "Nguyen",
    "Crenshaw", "Escobar", "Haldane", "Joseph", "Kessler", "Lattimore", "Marchetti", "Norwood",
    "Ortega", "Pettigrew", "Rosado", "Saldana", "Thibodeau", "Underhill", "Vance", "Wetherby",
    "Yarborough", "Zamora", "Bledsoe", "Carrasco", "Dupree", "Easterling", "Figueroa", "Gaskins",
    "Hightower", "Irizarry", "Jernigan", "Kirkland", "Ledbetter", "McAllister", "Nettles",
    "Oglesby", "Pacheco", "Ruiz", "Sheppard", "Tidwell", "Upchurch", "Valdez", "Winslow",
)  # fmt: skip

COMPANY_FIRST = (
    "Tidewater", "Gulfstream", "Sawgrass", "Bluewater", "Coquina", "Royal Palm", "Seagrape",
    "Treasure Coast", "Mangrove", "Barrier", "Indian Creek", "Palmetto", "Starfish", "Keystone",
    "Sunward", "Evergreen", "Anchorage", "Cobia", "Banyan", "Atlantic Ridge",
)  # fmt: skip
COMPANY_SECOND = (
    "Holdings LLC", "Properties LLC", "Rentals LLC", "Investments LLC", "Realty Trust",
    "Capital LLC", "Land Co LLC", "Homes LLC", "Ventures LLC", "Management LLC",
)  # fmt: skip

CITIES_AWAY = (
    ("Miami", "FL", "33132"), ("Orlando", "FL", "32801"), ("Tampa", "FL", "33602"),
    ("Atlanta", "GA", "30303"), ("Albany", "NY", "12207"), ("Newark", "NJ", "07102"),
    ("Hartford", "CT", "06103"), ("Columbus", "OH", "43215"), ("Jacksonville", "FL", "32202"),
    ("Boca Raton", "FL", "33432"), ("Worcester", "MA", "01608"), ("Charlotte", "NC", "28202"),
)  # fmt: skip
