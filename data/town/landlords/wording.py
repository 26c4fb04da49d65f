"""List what the made-up owners are called, and how else clerks write the same."""

from data.town.words import LAST_NAMES

FIRST_HALVES = (
    "Ash", "Black", "Brad", "Carl", "Clay", "Cran", "Dal", "Dun", "East", "Fair", "Far", "Glad",
    "Green", "Hal", "Ham", "Hart", "Har", "Hay", "Hol", "Hunt", "Kings", "Lang", "Lin", "Mar",
    "Mel", "Mill", "New", "Nor", "Old", "Pem", "Pres", "Rad", "Red", "Roth", "Shel", "Stan",
    "Stock", "Strat", "Thorn", "Wal", "War", "Wel", "West", "Whit", "Wil", "Win", "Wood", "York",
)  # fmt: skip
SECOND_HALVES = (
    "berg", "born", "brook", "burn", "bury", "by", "combe", "cott", "croft", "den", "field",
    "ford", "gate", "ham", "hurst", "land", "ley", "low", "man", "mark", "mere", "more", "ridge",
    "sby", "shaw", "son", "stead", "stone", "ton", "wald", "ward", "way", "well", "wick", "worth",
)  # fmt: skip
SURNAMES = (
    *LAST_NAMES, *(one + other for one in FIRST_HALVES for other in SECOND_HALVES),
)  # fmt: skip
"""Some 1,700, many of them a letter or two apart, as surnames are."""

STEMS = (
    "Acorn", "Amberjack", "Argent", "Bayline", "Beacon", "Bellwether", "Birchmont", "Blue Heron",
    "Bramble", "Brightwater", "Canopy", "Cardinal", "Castaway", "Cedarline", "Chandler",
    "Clearview", "Cobblestone", "Cormorant", "Crestline", "Crown Point", "Dockside", "Dolphin",
    "Eastgate", "Emerald Coast", "Falcon", "First Light", "Flagler", "Foxglove", "Gateway",
    "Golden Egret", "Granite", "Grove Park", "Gull Wing", "Harborview", "Headwater", "Highline",
    "Horizon", "Inlet", "Ironwood", "Island Breeze", "Jetty", "Juniper Bay", "Keel", "Lakemont",
    "Lighthouse", "Live Wire", "Longleaf", "Manatee", "Marlin", "Meridian", "Millstone", "Moonrise",
    "Northstar", "Oakhaven", "Ocean Gate", "Old Mill", "Orchid", "Osprey Nest", "Paragon",
    "Pelican Bay", "Pinnacle", "Pioneer", "Quayside", "Red Mangrove", "Regatta", "Ridgeline",
    "River Bend", "Sable", "Saltmarsh", "Sandbar", "Sea Oats", "Shoreline", "Silver Palm",
    "Skyline", "Southwind", "Spinnaker", "Starboard", "Stillwater", "Stonebridge", "Summit",
    "Sundial", "Sunrise", "Tarpon", "Third Shore", "Tradewind", "Trident", "Tropic", "Turtle Creek",
    "Umbrella", "Vanguard", "Vista", "Waterline", "Wavecrest", "White Ibis", "Windmill", "Wildwood",
)  # fmt: skip
TRADES = (
    "Properties", "Property", "Homes", "Rentals", "Holdings", "Investments", "Realty", "Capital",
    "Ventures", "Residential", "Equities", "Estates", "Land", "Housing", "Partners", "Group",
    "Real Estate", "Apartments", "Property Management", "Assets", "Development", "Enterprises",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

KIND_FORMS = {
    "LLC": ("LLC", "LLC", "LLC", "L.L.C.", ", LLC", ", L.L.C.", "L L C",
            "Limited Liability Company", "Limited Liability Co"),
    "Inc": ("Inc", "Inc.", ", Inc.", "Incorporated"),
    "Corp": ("Corp", "Corp.", "Corporation"),
    "Trust": ("Trust", "Trust", "TRUST", "Trst"),
    "LP": ("LP", "L.P.", "Limited Partnership"),
}  # fmt: skip
"""How clerks write what kind of owner it is; said more often, written more often."""

NICKNAMES = {
    "James": "Jim", "Robert": "Bob", "Patricia": "Pat", "Michael": "Mike", "William": "Bill",
    "David": "Dave", "Daniel": "Dan", "Thomas": "Tom", "Deborah": "Debbie", "Stephen": "Steve",
    "Samuel": "Sam", "Vincent": "Vince", "Raymond": "Ray", "Jose": "Pepe", "Sandra": "Sandy",
    "Cynthia": "Cindy", "Miguel": "Mickey", "Walter": "Walt", "Raquel": "Rocky", "Kevin": "Kev",
}  # fmt: skip

SUFFIXES = ("St", "Ave", "Dr", "Ln", "Ct", "Blvd", "Rd", "Way", "Ter", "Pl")
SUFFIXES_LONG = {
    "St": "Street", "Ave": "Avenue", "Dr": "Drive", "Ln": "Lane", "Ct": "Court",
    "Blvd": "Boulevard", "Rd": "Road", "Ter": "Terrace", "Pl": "Place", "Hwy": "Highway",
}  # fmt: skip
SUITES = ("Ste {}", "Suite {}", "STE {}", "#{}", "# {}", "Ste. {}", "Unit {}")
BOXES = ("PO Box {}", "P.O. Box {}", "P O Box {}", "PO BOX {}", "POST OFFICE BOX {}")
CARES = ("c/o {}", "C/O {}", "Attn: {}", "% {}")
KEYS = {
    "a": "sqz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "njk", "n": "bmh", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs",
    "y": "tuh", "z": "xas",
}  # fmt: skip
"""Which letters lie beside one on a keyboard."""
