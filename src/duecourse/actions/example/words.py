"""Names and goods for the example book. All invented; addresses end in .example and numbers are kept for fiction."""

from typing import Final

TOWN_NAMES: Final = (
    "Alder Amber Ashby Beacon Birch Bluebell Bramble Briar Calder Cedar Chalk Clover Copper Coral Corner Cotton "
    "Crescent Dale Damson Dove Ember Fallow Fern Flint Foxglove Garnet Granary Harbour Harrow Hawthorn Hazel "
    "Heath Heron Hollow Ivy Juniper Kingfisher Lantern Larch Linden Lock Maple Marlow Meadow Mill Moss Nettle "
    "Oakley Old Orchard Otter Pebble Penrose Pepper Quarry Quay Raven Reed Rowan Saffron Sandpiper Sorrel Sparrow "
    "Swallow Tansy Thistle Tidewell Vale Walnut Warbler Weaver Willow Wren Yarrow"
).split()

TRADES: Final = {
    "GB": (
        "Bakery,Bistro,Brasserie,Café,Catering,Coffee House,Delicatessen,Dining Rooms,Farm Shop,Grill,Hotel,Inn,"
        "Kitchen,Nursery School,Pantry,Patisserie,Pizza Oven,Primary School,Restaurant,Smokehouse,Street Food,Tea Rooms"
    ).split(","),
    "AU": (
        "Bricklaying,Builders,Concreting,Decks,Demolition,Earthmoving,Fencing,Landscaping,Paving,Plumbing,Pools,"
        "Roofing,Stonework,Tree Care"
    ).split(","),
    "US": "Bookkeeping,Day Care,Realty,Studio".split(","),
}

GOODS: Final = {
    "GB": (
        ("Combi oven service and parts", 380_00, 1_900_00),
        ("Dishwasher hire, one quarter", 290_00, 720_00),
        ("Prep tables, steel", 450_00, 2_400_00),
        ("Knives and small tools", 45_00, 390_00),
        ("Cold room repair", 310_00, 1_450_00),
        ("Extractor cleaning", 160_00, 640_00),
        ("Pans and trays", 60_00, 520_00),
        ("Coffee machine lease, one month", 120_00, 260_00),
    ),
    "AU": (
        ("Excavator hire", 900_00, 4_200_00),
        ("Mini digger hire", 480_00, 2_100_00),
        ("Trailer hire", 120_00, 640_00),
        ("Scaffold hire, one month", 600_00, 3_400_00),
        ("Plate compactor hire", 90_00, 410_00),
        ("Generator hire", 180_00, 980_00),
    ),
    "US": (
        ("Cleaning and check-up", 85_00, 190_00),
        ("Filling, two surfaces", 140_00, 320_00),
        ("Crown, after insurance", 380_00, 1_150_00),
        ("Root canal, after insurance", 420_00, 1_300_00),
        ("Night guard", 220_00, 480_00),
        ("X-rays", 60_00, 160_00),
    ),
}
"""By country: what was sold, and the range of an invoice in minor units."""

FIRST_NAMES: Final = (
    "Ada Aisha Alan Amara Ana Arthur Bella Ben Callum Carmen Chloe Conor Daisy Dana Dean Delia Elena Emeka Eric "
    "Esme Farah Finn Gareth Grace Hana Hannah Hugo Ibrahim Ines Isla Jack Jamal Jonah Joyce Kai Karen Kofi Leah "
    "Leo Lina Luis Mabel Marco Maya Mei Mina Nadia Nia Noah Olga Omar Oscar Owen Pavel Petra Priya Quinn Rhys "
    "Rosa Ruth Sam Sana Seth Sofia Tariq Tess Tom Uma Vera Victor Wendy Yara Yusuf Zoe"
).split()

LAST_NAMES: Final = (
    "Abbott Adeyemi Alvarez Ashworth Baptiste Barlow Bell Brandt Carver Chowdhury Clarke Cole Crewe Dalton Diaz "
    "Doyle Ellis Eze Farrow Fletcher Fraser Garcia Gill Grant Hale Harper Herrera Hobbs Hughes Iqbal Jensen Joshi "
    "Kane Kaur Kelly Khan Lane Lawson Lopez Lowe Malik Marsh Mensah Moreau Moss Nair Newton Novak Okafor Olsen "
    "Page Park Patel Price Pryce Quill Reid Rossi Rowe Santos Shaw Silva Singh Stone Tanaka Tran Turner Vance "
    "Walsh Ward Whitlock Yates Young"
).split()

STREETS: Final = "Bridge,Chapel,Church,High,King,Market,Mill,North,Orchard,Park,Queen,Station,Victoria,West".split(",")
